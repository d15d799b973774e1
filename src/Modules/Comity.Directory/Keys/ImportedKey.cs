namespace Comity.Directory.Keys;

/// <summary>A key that was taken in.</summary>
/// <param name="Office">The office.</param>
/// <param name="Fingerprint">Of the key.</param>
/// <param name="InUse">Whether the office signs and is sealed to with it from now on; else it only opens.</param>
internal sealed record ImportedKey(string Office, string Fingerprint, bool InUse);
