using Fovea.Laboratory.Reports.Charts;
using ScottPlot;

namespace Fovea.Tests.Laboratory.Reports;

public sealed class LabelPlacesTests
{
    private static readonly PixelRect Area = new(0, 600, 400, 0);

    [Fact]
    public void Label_StandsRightOfALonelyMarker()
    {
        var place = new LabelPlaces(Area, [(new(300, 200), 10)]).Place(0, "lonely");
        Assert.Equal(Alignment.MiddleLeft, place.Anchor);
        Assert.True(place.Offset.X > 10);
    }

    [Fact]
    public void Label_StaysInsideThePlot() =>
        Assert.Equal(Alignment.MiddleRight, new LabelPlaces(Area, [(new(590, 200), 10)]).Place(0, "at the edge").Anchor);

    [Fact]
    public void Labels_OfMarkersAtOnePlaceDoNotCoverEachOther()
    {
        var labels = new LabelPlaces(Area, [(new(300, 200), 10), (new(300, 200), 10), (new(300, 200), 10)]);
        var places = Enumerable.Range(0, 3).Select(index => labels.Place(index, "together")).ToList();
        Assert.Equal(3, places.Distinct().Count());
    }
}
