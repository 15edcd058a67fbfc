using NetVips;

namespace Fovea.Imaging.Decoding;

/// <summary>Brings a picture whose samples are no bytes, in libvips, into the range that its samples are found to use.</summary>
internal sealed class DeepSamples(Image picture)
{
    private readonly int _colours = picture.HasAlpha() ? picture.Bands - 1 : picture.Bands;

    /// <summary>Whether the range is to be looked for: not for bytes, nor in colour spaces that fix it (CMYK, Lab, XYZ).</summary>
    public bool IsCandidate { get; } = picture.Format != Enums.BandFormat.Uchar
        && picture.Interpretation is Enums.Interpretation.Bw or Enums.Interpretation.Grey16
        or Enums.Interpretation.Rgb or Enums.Interpretation.Rgb16 or Enums.Interpretation.Srgb or Enums.Interpretation.Scrgb or Enums.Interpretation.Multiband;

    /// <summary>What was assumed, once <see cref="Apply"/> has run; null when the number type alone decides.</summary>
    public string? Remark { get; private set; }

    private bool IsReal => picture.Format is Enums.BandFormat.Float or Enums.BandFormat.Double;

    /// <summary>
    /// The picture as bytes, or with a colour profile as full 16-bit samples, which keep what the profile needs. 16-bit samples
    /// that fill their type are left as they are.
    /// </summary>
    /// <param name="load">Opens the file once more, to look through its samples.</param>
    /// <exception cref="ImageReadException">The samples are complex, infinite or not a number.</exception>
    public Image Apply(Func<Image> load)
    {
        if (picture.Format is Enums.BandFormat.Complex or Enums.BandFormat.Dpcomplex) throw new ImageReadException("holds complex numbers");
        var (colour, alpha) = picture.Format == Enums.BandFormat.Ushort ? Words(load) : Statistics(load);
        if (colour.IsWords) return picture.Copy();
        Remark = colour.Remark;
        var wide = picture.GetTypeOf("icc-profile-data") != IntPtr.Zero;
        using var colours = picture.ExtractBand(0, _colours);
        using var scaled = Scale(colours, colour, wide);
        if (alpha is not { } opacity) return scaled.Copy(interpretation: Interpretation(wide));
        using var last = picture.ExtractBand(_colours);
        using var scaledAlpha = Scale(last, opacity, wide);
        using var joined = scaled.Bandjoin(scaledAlpha);
        return joined.Copy(interpretation: Interpretation(wide));
    }

    private Enums.Interpretation Interpretation(bool wide) => _colours == 1
        ? wide ? Enums.Interpretation.Grey16 : Enums.Interpretation.Bw
        : wide ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb;

    private (SampleRange Colour, SampleRange? Alpha) Words(Func<Image> load)
    {
        using var again = load();
        using var histogram = again.HistFind();
        var counts = histogram.WriteToMemory<uint>();
        var bands = histogram.Bands;
        var colours = new uint[histogram.Width];
        var opaque = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (i % bands < _colours) colours[i / bands] += counts[i];
            else if (counts[i] > 0) opaque = i / bands;
        }

        return (SampleRange.OfWords(colours), bands > _colours ? Opacity(opaque) : null);
    }

    private (SampleRange Colour, SampleRange? Alpha) Statistics(Func<Image> load)
    {
        using var again = load();
        using var statistics = again.Stats();
        // A row for all bands, then one a band; its columns begin with the smallest, the largest and the sum, which is NaN if any sample is.
        var rows = statistics.WriteToMemory<double>().Chunk(statistics.Width).Skip(1).ToArray();
        if (rows.Any(row => !double.IsFinite(row[2]))) throw SampleRange.NotFinite();
        var colours = rows[.._colours];
        return (SampleRange.Choose(colours.Min(row => row[0]), colours.Max(row => row[1]), IsReal), rows.Length > _colours ? Opacity(rows[^1][1]) : null);
    }

    /// <summary>Opacity from none to full: 0 to the first usual white that holds it.</summary>
    private SampleRange Opacity(double largest)
    {
        double[] whites = IsReal ? [1, 255, 65535] : [255, 1023, 4095, 16383, 65535];
        return new(0, whites.FirstOrDefault(white => largest <= white, Math.Max(1, largest)), null);
    }

    private static Image Scale(Image samples, SampleRange range, bool wide)
    {
        var factor = (wide ? ushort.MaxValue : byte.MaxValue) / (range.High - range.Low);
        using var linear = samples.Linear([factor], [-range.Low * factor]);
        using var rounded = linear.Rint();
        return rounded.Cast(wide ? Enums.BandFormat.Ushort : Enums.BandFormat.Uchar);
    }
}
