using System.Net;
using System.Text.Json;

namespace Comity.Kernel.Hosting;

/// <summary>What a node must know before it can open its database: kept in <c>DATA/node.json</c>.</summary>
public sealed record NodeOptions
{
    public const string FileName = "node.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The folder that holds everything of this node.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string DataFolder { get; init; } = "";

    /// <summary>Under which address others reach this node.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>Where the program listens; behind a proxy this differs from the base URL.</summary>
    public IReadOnlyList<string> Listen { get; init; } = [];

    /// <summary>
    /// Addresses of proxies in front of the node. Only from them is the address of a caller taken over that they name; it
    /// decides whose allowance a request uses and nothing else.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>The TLS certificate, PEM; null where a proxy in front speaks HTTPS, or on loopback.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Its private key, PEM; null where it stands in the same file.</summary>
    public string? CertificateKeyFile { get; init; }

    /// <summary>A PostgreSQL connection string; null means SQLite in the data folder.</summary>
    public string? Database { get; init; }

    /// <summary>How many messages one peer may send here in a minute; null means 300.</summary>
    public int? MessagesPerMinute { get; init; }

    /// <summary>The file with the master key; null means <c>DATA/master.key</c>.</summary>
    public string? MasterKeyFile { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public string SocketPath => Path.Combine(DataFolder, "comity.sock");

    [System.Text.Json.Serialization.JsonIgnore]
    public string LockPath => Path.Combine(DataFolder, "comity.lock");

    [System.Text.Json.Serialization.JsonIgnore]
    public string SqlitePath => Path.Combine(DataFolder, "comity.db");

    [System.Text.Json.Serialization.JsonIgnore]
    public string MasterKeyPath => MasterKeyFile ?? Path.Combine(DataFolder, "master.key");

    /// <summary>A demonstration on one machine: plain HTTP to loopback is permitted there and nowhere else.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool OnLoopback =>
        BaseUrl.IsLoopback
        || BaseUrl.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(BaseUrl.Host, out var address) && IPAddress.IsLoopback(address));

    public static bool Exists(string dataFolder) => File.Exists(Path.Combine(dataFolder, FileName));

    public static NodeOptions Load(string dataFolder)
    {
        var read = JsonSerializer.Deserialize<NodeOptions>(File.ReadAllText(Path.Combine(dataFolder, FileName)), Json);
        return (read ?? throw new InvalidDataException($"{FileName} is empty.")) with
        {
            DataFolder = Path.GetFullPath(dataFolder),
        };
    }

    /// <summary>Writes it for the owner only: a connection string may hold a password.</summary>
    public void Save() => PrivateFile.Replace(Path.Combine(DataFolder, FileName), JsonSerializer.Serialize(this, Json));
}
