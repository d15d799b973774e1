namespace Comity.Protocol.Directories;

/// <summary>What several entries of one participant together say of its node keys.</summary>
public static class NodeKeyGrants
{
    /// <summary>
    /// The grants, each cut off where the next entry no longer has the key: what a participant took back does not go on
    /// counting because an older entry names it for longer.
    /// </summary>
    /// <param name="entries">Entries of one participant, in any order.</param>
    public static IReadOnlyList<NodeKeyGrant> Of(IEnumerable<CheckedEntry> entries)
    {
        var inOrder = entries.OrderBy(entry => entry.Source.Value.Sequence).ToList();
        var grants = new List<NodeKeyGrant>();
        for (var i = 0; i < inOrder.Count; i++)
        {
            foreach (var grant in inOrder[i].Core.NodeKeys)
            {
                var without = inOrder.FindIndex(i + 1, entry => entry.Core.NodeKeys.All(key => key.Key != grant.Key));
                var until = without < 0 ? grant.Until : Earlier(grant.Until, inOrder[without].Source.Value.Issued);
                if (until > grant.From)
                {
                    grants.Add(grant with { Until = until });
                }
            }
        }

        return [.. grants.Distinct()];
    }

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;
}
