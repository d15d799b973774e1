using Comity.Protocol.Directories;

namespace Comity.Directory.Following;

/// <summary>Where a stored entry says that its participant's node is.</summary>
internal static class NodeAddress
{
    public static Uri? Of(ReadOnlyMemory<byte> entry) =>
        DirectoryDocuments.ReadEntry(entry).Value is { } signed
            ? EntryCoreJson.Read(signed.Value.Core).Value?.NodeUrl
            : null;
}
