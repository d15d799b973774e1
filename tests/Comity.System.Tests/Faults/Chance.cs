using System.Globalization;
using System.Security.Cryptography;
using CsCheck;

namespace Comity.System.Tests.Faults;

/// <summary>Chance that can be repeated: what is drawn follows from a seed. When something happens, the machine decides as well.</summary>
/// <param name="seed">Printed with what a test found; <c>COMITY_SEED</c> gives it again.</param>
/// <param name="stream">Whoever draws at the same time as others has a stream of their own.</param>
internal sealed class Chance(ulong seed, uint stream)
{
    private readonly Lock _gate = new();
    private readonly PCG _source = new(stream, seed);

    /// <summary>The seed of this run: the one that was asked for, else a new one.</summary>
    public static ulong Seed { get; } =
        ulong.TryParse(Environment.GetEnvironmentVariable("COMITY_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : (uint)RandomNumberGenerator.GetInt32(int.MaxValue);

    /// <summary>From 0 up to but not including.</summary>
    public int Below(int end)
    {
        lock (_gate)
            return (int)_source.Next((uint)end);
    }

    public bool OneIn(int many) => Below(many) == 0;

    public TimeSpan Moment(int milliseconds) => TimeSpan.FromMilliseconds(Below(milliseconds + 1));
}
