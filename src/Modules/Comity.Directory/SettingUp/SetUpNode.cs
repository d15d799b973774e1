namespace Comity.Directory.SettingUp;

/// <summary>Asks for everything that a participant needs: keys, its entry and, for a manager, a directory.</summary>
/// <param name="Participant">The participant's code, <c>QM</c>.</param>
/// <param name="Names">Its name by language.</param>
/// <param name="Offices">Its points of contact.</param>
/// <param name="Passphrase">Protects the keys that are returned and not kept.</param>
/// <param name="Manager">Whether this node signs a directory that others follow.</param>
/// <param name="RootThreshold">How many root keys must sign; 2 where nothing is said.</param>
/// <param name="RootKeys">How many root keys there are; 3 where nothing is said.</param>
/// <param name="Offline">Where the keys that are not kept are written; null where the answer is to have them.</param>
internal sealed record SetUpNode(
    string Participant,
    Dictionary<string, string> Names,
    IReadOnlyList<NewOffice> Offices,
    string Passphrase,
    bool Manager = false,
    int? RootThreshold = null,
    int? RootKeys = null,
    OfflinePlace? Offline = null
);

/// <summary>A folder of this machine for keys that leave it.</summary>
/// <param name="Folder">Its path.</param>
/// <param name="Anew">What an attempt left there that was broken off is replaced; otherwise nothing is written over.</param>
internal sealed record OfflinePlace(string Folder, bool Anew = false);

/// <summary>A point of contact to be.</summary>
/// <param name="Slug">Its name within the participant, <c>technical</c>.</param>
/// <param name="Kind"><c>technical</c>, <c>policy</c>, <c>diplomatic</c>, <c>legal</c>.</param>
/// <param name="Mail">Its mail address.</param>
internal sealed record NewOffice(string Slug, string Kind, string Mail);

/// <summary>
/// What was set up. Keys that must stay offline are in here, or in the files that are named, protected by the passphrase,
/// and nowhere else.
/// </summary>
/// <param name="Participant">The participant.</param>
/// <param name="Fingerprint">Fingerprint of the participant key: its identity.</param>
/// <param name="ParticipantKey">The participant key, armoured and protected.</param>
/// <param name="Revocation">Its revocation, base64: to be kept apart from it for the bad day.</param>
/// <param name="Offices">The offices with the fingerprints of their keys.</param>
/// <param name="NodeKey">The node key.</param>
/// <param name="Directory">The directory, where there is one.</param>
/// <param name="Offline">The files that were written.</param>
internal sealed record NodeSetUp(
    string Participant,
    string Fingerprint,
    string ParticipantKey,
    string Revocation,
    IReadOnlyList<OfficeSetUp> Offices,
    string NodeKey,
    DirectorySetUp? Directory,
    IReadOnlyList<string>? Offline = null
);

internal sealed record OfficeSetUp(string Office, string Fingerprint);

/// <param name="RootFingerprint">What followers pin: <c>sha256:…</c>.</param>
/// <param name="Threshold">How many root keys must sign.</param>
/// <param name="RootKeys">The root keys, armoured and protected; they are not kept.</param>
/// <param name="RootRevocations">Their revocations, base64, in the same order.</param>
/// <param name="DirectoryKey">Fingerprint of the directory key.</param>
/// <param name="DelegatedUntil">Until when it may sign, UTC.</param>
internal sealed record DirectorySetUp(
    string RootFingerprint,
    int Threshold,
    IReadOnlyList<string> RootKeys,
    IReadOnlyList<string> RootRevocations,
    string DirectoryKey,
    DateTime DelegatedUntil
);
