using Fovea.Imaging.Grids;
using Fovea.Imaging.Preparation;

namespace Fovea.Tests.Imaging.Preparation;

public sealed class PictureFilesTests : IDisposable
{
    private static readonly byte[] s_picture = new SyntheticFundus { Width = 64, Height = 64, CentreX = 32, CentreY = 32, Radius = 28 }.Draw().ToPng();
    private readonly TemporaryFolder _folder = new();

    private string Source => Path.Combine(_folder.Path, "in");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Enumerate_MixedFolder_AccountsForEverything()
    {
        Add("b.PNG", "a.jfif", "sub/c.tiff", "sub/named.dat");
        File.WriteAllBytes(_folder.File("in/d.jp2"), [0, 0, 0, 12, 0x6A]);
        File.WriteAllBytes(_folder.File("in/e.gif"), [.. "GIF89a"u8, 0, 1]);
        File.WriteAllBytes(_folder.File("in/f.GIF"), [.. "GIF89a"u8, 0, 1]);
        byte[] dicom = [.. new byte[128], .. "DICM"u8, 2, 0];
        File.WriteAllBytes(_folder.File("in/IM0001"), dicom);
        File.WriteAllBytes(_folder.File("in/g.dcm"), dicom);
        File.WriteAllText(_folder.File("in/notes"), "words");
        File.WriteAllText(_folder.File("in/labels.csv"), "file,label\n");
        foreach (var name in new[] { ".DS_Store", "Thumbs.db", ".cache/x.png", "__MACOSX/._b.png" }) File.WriteAllBytes(_folder.File("in/" + name), [1, 0]);
        File.WriteAllBytes(_folder.File("in/out/z.png"), s_picture);
        var listing = PictureFiles.Enumerate(Source, apart: [_folder.File("in/out/x")[..^2]], known: [_folder.File("in/labels.csv")]);
        Assert.Equal(["a.jfif", "b.PNG", "sub/c.tiff", "sub/named.dat"], listing.Files);
        Assert.Equal(["IM0001", "d.jp2", "e.gif", "f.GIF", "g.dcm"], listing.Unread.Select(file => file.File));
        Assert.Contains("5 files are not of a type that is read: 1 .dcm (DICOM", listing.Warning, StringComparison.Ordinal);
        Assert.Contains("dcmtk), 2 .gif, 1 .jp2, 1 no extension (DICOM", listing.Warning, StringComparison.Ordinal);
        Assert.Equal([".DS_Store", ".cache/", "Thumbs.db", "__MACOSX/"], Of(listing, PassedOverKind.Hidden));
        Assert.Equal(["notes"], Of(listing, PassedOverKind.Document));
        Assert.Equal(10, listing.PassedOver.Count);
    }

    [Fact]
    public void Enumerate_Links_AreFollowedOnce()
    {
        Add("a.png", "sub/b.png", "../elsewhere/c.png", "../elsewhere/deep/d.png");
        Link("1-first", "../elsewhere");
        Link("2-again", "../elsewhere/deep");
        Link("0-own", "sub");
        Link("sub/up", "..");
        Link("around", "../..");
        Link("../elsewhere/home", "../in");
        Link("gone", "nowhere");
        Link("to-itself", "to-itself");
        File.CreateSymbolicLink(Path.Combine(Source, "e.png"), _folder.File("elsewhere/c.png"));
        var listing = PictureFiles.Enumerate(Source);
        Assert.Equal(["1-first/c.png", "1-first/deep/d.png", "a.png", "e.png", "sub/b.png"], listing.Files);
        Assert.Equal(["gone", "to-itself"], Of(listing, PassedOverKind.BrokenLink));
        Assert.Equal(["0-own/", "1-first/home/", "2-again/", "around/", "sub/up/"], Of(listing, PassedOverKind.LinkedTwice));
        Assert.Contains("2 broken links", listing.Warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("grid.png")]
    [InlineData("contact-sheet.png")]
    [InlineData("samples-00000040.png")]
    public void Enumerate_Sheets_AreNoPicturesWhateverTheyLieBeside(string name)
    {
        Add("a.png", "photographs/" + name);
        ImageGrid.Write(_folder.File("in/" + name), [.. Enumerable.Repeat(new byte[8 * 8 * 3], 5)], 8, 8);
        var listing = PictureFiles.Enumerate(Source);
        Assert.Equal(["a.png", "photographs/" + name], listing.Files);
        Assert.Equal([name], Of(listing, PassedOverKind.Own));
        Assert.Null(listing.Warning);
    }

    [Fact]
    public void Enumerate_WhereTheProgramWrote_NamesAreEnough()
    {
        Add("drawn/000000.png", "drawn/grid.png", "classes/mild/000001.png", "classes/grid.png", "set/contact-sheet.png", "set/mine.png");
        foreach (var name in new[] { "dataset.json", "manifest.csv", "images.npy" }) File.WriteAllBytes(_folder.File("in/set/" + name), [0]);
        var listing = PictureFiles.Enumerate(Source);
        Assert.Equal(["classes/mild/000001.png", "drawn/000000.png", "set/mine.png"], listing.Files);
        Assert.Equal(6, Of(listing, PassedOverKind.Own).Length);
        Assert.Empty(listing.Unread);
        Assert.Equal([Path.Combine(Source, "drawn", "000000.png")], PictureFiles.In(Path.Combine(Source, "drawn")));
        Assert.Empty(PictureFiles.In(Path.Combine(Source, "classes")));
    }

    private static string[] Of(PictureListing listing, PassedOverKind kind) =>
        [.. listing.PassedOver.Where(file => file.Kind == kind).Select(file => file.File)];

    private void Link(string name, string target) => Directory.CreateSymbolicLink(_folder.File("in/" + name), target);

    private void Add(params string[] names)
    {
        foreach (var name in names) File.WriteAllBytes(_folder.File("in/" + name), s_picture);
    }
}
