using Fovea.Imaging.Grids;
using Fovea.Judging.Assessment.Images;
using Fovea.Judging.Assessment.Results;

namespace Fovea.Judging.Assessment;

/// <summary>The pictures of a report.</summary>
internal static class ReportGrids
{
    private const int Columns = 12;
    private const int Images = 48;
    private const int Pairs = 12;

    public static ReportPictures Of(ImageSet generated, ImageSet real, ImageSet? training, IReadOnlyList<byte[]>? reconstructions, MemorisationJudgement? copies, bool photographs) => new(
        Grid(Some(generated), generated.Side),
        photographs ? Grid(Some(real), real.Side) : null,
        photographs && training is not null && copies is not null ? Closest(generated, training, copies) : null,
        photographs && reconstructions is not null ? Grid([.. real.Pixels.Take(Columns), .. reconstructions.Take(Math.Min(Columns, real.Count))], real.Side) : null);

    private static byte[][] Some(ImageSet images) => [.. SetSample.Choose(images.Hashes, images.Classes, Images, seed: 0).Select(k => images.Pixels[k])];

    private static byte[] Closest(ImageSet generated, ImageSet training, MemorisationJudgement copies)
    {
        var pairs = copies.Report.Closest.Take(Pairs).ToArray();
        return Grid([.. pairs.Select(pair => generated.Pixels[pair.Generated]), .. pairs.Select(pair => training.Pixels[pair.Training])], generated.Side, pairs.Length);
    }

    private static byte[] Grid(byte[][] images, int side, int columns = Columns)
    {
        var grid = ImageGrid.Compose(images, side, side, columns);
        return PngFile.Encode(grid);
    }
}
