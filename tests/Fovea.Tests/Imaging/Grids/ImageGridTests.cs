using Fovea.Imaging.Grids;

namespace Fovea.Tests.Imaging.Grids;

public class ImageGridTests
{
    [Fact]
    public void Compose_ThreeImagesInTwoColumns_PlacesThemRowByRow()
    {
        var images = Enumerable.Range(1, 3).Select(i => Enumerable.Repeat((byte)(i * 50), 2 * 4 * 3).ToArray()).ToList();
        var grid = ImageGrid.Compose(images, 4, 2, columns: 2, gap: 1);
        Assert.Equal((11, 7), (grid.Width, grid.Height));
        Assert.Equal([255, 50, 100, 150, 255], new[] { (0, 0), (1, 1), (6, 1), (1, 4), (6, 4) }.Select(at => (int)grid.Pixels[(at.Item2 * 11 + at.Item1) * 3]));
    }

    [Fact]
    public void Compose_WrongLength_Throws() =>
        Assert.Throws<ArgumentException>(() => ImageGrid.Compose([new byte[5]], 4, 2));
}
