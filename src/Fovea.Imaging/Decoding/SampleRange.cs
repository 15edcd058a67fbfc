using System.Numerics;

namespace Fovea.Imaging.Decoding;

/// <summary>
/// Which of a picture's sample values is black and which is white, where its number type does not say so: 10, 12 and 14 bits
/// lie in files of 16, and floating-point samples may run from 0 to 1, from 0 to 255 or over anything else. It is decided from
/// this one picture's values, so the same file always gives the same pixels.
/// </summary>
/// <param name="Low">The value of black.</param>
/// <param name="High">The value of white.</param>
/// <param name="Remark">What was assumed, to be told to the user; null where the number type alone decides.</param>
internal readonly record struct SampleRange(double Low, double High, string? Remark)
{
    /// <summary>Words of a <see cref="Remark"/> that other pictures of the camera may not get.</summary>
    public const string BitsOnly = "bits only";

    private const double Tolerance = 0.01;

    /// <summary>A floating-point picture in a range must reach this share of it: a picture that is black otherwise has another range.</summary>
    private const double LeastShare = 0.125;

    private static ReadOnlySpan<int> Bits => [8, 10, 12, 14];

    private static ReadOnlySpan<double> Whites => [1, 255, 1023, 4095, 16383, 65535];

    /// <summary>The range of 16-bit samples that fills the type.</summary>
    public static SampleRange Words { get; } = new(0, ushort.MaxValue, null);

    /// <summary>True when 16-bit samples fill their type.</summary>
    public bool IsWords => Remark is null && High == ushort.MaxValue;

    /// <summary>The range of unsigned 16-bit samples.</summary>
    /// <param name="counts">How often each value occurs, from 0 on.</param>
    public static SampleRange OfWords(ReadOnlySpan<uint> counts)
    {
        var (largest, divisor) = (0, BigInteger.Zero);
        for (var value = 1; value < counts.Length; value++)
        {
            if (counts[value] == 0) continue;
            largest = value;
            if (!divisor.IsOne) divisor = BigInteger.GreatestCommonDivisor(divisor, value);
        }

        // Fewer bits stored at the upper end (times 16, 64, 256) or spread over the type (times 257) fill it however dark they are.
        var spread = divisor % 256 == 0 || divisor % 257 == 0 || (divisor % 16 == 0 && largest > 4095);
        return largest == 0 || spread ? Words : OfWhole(largest) ?? Words;
    }

    /// <summary>The range of samples of any other type than unsigned 8 and 16 bits.</summary>
    /// <param name="smallest">The smallest sample.</param>
    /// <param name="largest">The largest sample.</param>
    /// <param name="real">Whether they are floating-point numbers.</param>
    /// <exception cref="ImageReadException">A sample is infinite or not a number.</exception>
    public static SampleRange Choose(double smallest, double largest, bool real)
    {
        if (!double.IsFinite(smallest) || !double.IsFinite(largest)) throw NotFinite();
        if (!real && smallest >= 0 && largest <= ushort.MaxValue)
        {
            return OfWhole((int)largest) ?? new(
                0,
                largest > short.MaxValue ? ushort.MaxValue : short.MaxValue,
                Told("whole samples", 0, largest > short.MaxValue ? ushort.MaxValue : short.MaxValue));
        }

        if (real)
        {
            foreach (var white in Whites)
            {
                if (smallest >= -Tolerance * white && largest >= LeastShare * white && largest <= (1 + Tolerance) * white)
                    return new(0, white, Told("floating-point samples", 0, white));
            }

            if (smallest is >= -1 - Tolerance and < -0.5 && largest is > 0 and <= 1 + Tolerance) return new(-1, 1, Told("floating-point samples", -1, 1));
        }

        // A picture of one value has no range; it is refused as uniform later.
        return new(
            smallest, largest > smallest ? largest : smallest + 1,
            $"{(real ? "floating-point" : "whole")} samples in no usual range were scaled from their own smallest to their own largest");
    }

    /// <summary>The refusal of a picture with samples that are no numbers.</summary>
    public static ImageReadException NotFinite() => new("holds floating-point samples that are infinite or not a number (NaN)");

    /// <summary>The byte for a sample, rounded; values outside the range are black or white.</summary>
    public byte ToByte(double sample) => (byte)(Math.Clamp((sample - Low) / (High - Low), 0, 1) * byte.MaxValue + 0.5);

    private static SampleRange? OfWhole(int largest)
    {
        foreach (var bits in Bits)
        {
            if (largest < 1 << bits)
                return new(0, (1 << bits) - 1, $"samples of more than 8 bits use {bits} {BitsOnly} and were read as 0 to {(1 << bits) - 1}");
        }

        return null;
    }

    private static string Told(string samples, double low, double high) => $"{samples} were read as {low} to {high}";
}
