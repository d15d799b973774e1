using System.Security.Cryptography;
using Comity.OpenPgp;
using Comity.Protocol.Envelopes;
using Comity.Protocol.Signing;
using Microsoft.Data.Sqlite;

namespace Comity.Bench.Measuring;

/// <summary>
/// What no program that keeps the protocol can do without, measured bare: sign and encrypt, open and verify one content,
/// and the two commits before "accepted" and before the receipt.
/// </summary>
internal sealed class Primitives
{
    private Primitives(Sample seal, Sample open, Sample commit) => (Seal, Open, Commit) = (seal, open, commit);

    /// <summary>Milliseconds to sign and encrypt.</summary>
    public Sample Seal { get; }

    /// <summary>Milliseconds to open and verify.</summary>
    public Sample Open { get; }

    /// <summary>Milliseconds of one durable commit of an envelope.</summary>
    public Sample Commit { get; }

    /// <summary>One after the other, as one message meets them.</summary>
    public double Milliseconds => Seal.Median + Open.Median + 2 * Commit.Median;

    /// <summary>Messages a second where all cores seal and open and every message has two commits of its own.</summary>
    public double PerSecond => 1000 / ((Seal.Median + Open.Median) / Environment.ProcessorCount + 2 * Commit.Median);

    public static Primitives Measure(BenchRun run)
    {
        using var progress = new Progress("measuring the primitives alone");
        var budget = TimeSpan.FromSeconds(run.Quick ? 0.3 : 2);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        using var from = Key("QM/technical <technical@qm.example>", now);
        using var to = Key("QN/technical <technical@qn.example>", now);
        var content = RandomNumberGenerator.GetBytes((int)Padding.StepFor(run.Octets * 2 + 6000));
        var envelope = Sealed(content, from, to.Certificate, now);
        return new Primitives(
            Repetition.Alone(budget, () => Sealed(content, from, to.Certificate, now)),
            Repetition.Alone(budget, () => Opened(envelope, to, from.Certificate, now)),
            Commits(run.Folder, envelope, budget)
        );
    }

    public Table Table() =>
        new Table("The primitives alone, on one core", ["primitive", "ms", "spread"])
            .Add("sign and encrypt", Seal.Median, Range(Seal))
            .Add("open and verify", Open.Median, Range(Open))
            .Add("commit (SQLite, WAL, synchronous=FULL)", Commit.Median, Range(Commit))
            .Add("sign, encrypt, open, verify, two commits", Milliseconds, "");

    private static string Range(Sample sample) =>
        $"{Quantity.Show(sample.At(0.05))} to {Quantity.Show(sample.At(0.95))} (5 % to 95 %)";

    private static SecretKey Key(string userId, DateTime now) =>
        SecretKey.Create(KeyProfile.Office, userId, now.AddMinutes(-1), TimeSpan.FromDays(30));

    private static byte[] Sealed(byte[] content, SecretKey from, Certificate to, DateTime at)
    {
        using var clear = new MemoryStream(content);
        using var output = new MemoryStream();
        return Sealing.Seal(clear, output, from, to, at).IsSealed
            ? output.ToArray()
            : throw new BenchException("The keys of the benchmark cannot be used.");
    }

    private static void Opened(byte[] envelope, SecretKey to, Certificate from, DateTime now)
    {
        using var octets = new MemoryStream(envelope);
        using var opened = Opening.Open(octets, to, OpeningLimits.Default).Opened;
        using var content = opened?.Verify(from, now).Content;
        if (content is null)
            throw new BenchException("What the benchmark sealed did not open.");
    }

    private static Sample Commits(string folder, byte[] envelope, TimeSpan budget)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "commits.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE kept (octets BLOB)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO kept VALUES ($octets)";
        command.Parameters.AddWithValue("$octets", envelope);
        return Repetition.Alone(budget, () => command.ExecuteNonQuery());
    }
}
