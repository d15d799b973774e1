namespace Comity.Bench.Measuring;

/// <summary>Measurements of the same thing: their middle and how far they lie apart.</summary>
internal sealed class Sample
{
    private readonly double[] _ordered;

    public Sample(IEnumerable<double> values)
    {
        _ordered = [.. values.Order()];
        if (_ordered.Length == 0)
            throw new BenchException("Nothing was measured.");
    }

    public int Count => _ordered.Length;

    public double Median => At(0.5);

    public double Low => _ordered[0];

    public double High => _ordered[^1];

    public string Spread => Count == 1 ? "one run" : $"{Quantity.Show(Low)} to {Quantity.Show(High)}";

    /// <summary>The value that this share of the measurements does not exceed.</summary>
    public double At(double share) => _ordered[(int)Math.Ceiling(share * Count) - 1];
}
