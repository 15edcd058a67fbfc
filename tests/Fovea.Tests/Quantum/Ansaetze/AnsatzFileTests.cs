using System.Text;
using Fovea.Core.Errors;
using Fovea.Quantum.Ansaetze;
using Fovea.Tests.Imaging;

namespace Fovea.Tests.Quantum.Ansaetze;

public sealed class AnsatzFileTests : IDisposable
{
    private const string Text = "ansatz mine\nlayer\n    RX 0\nend\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_WithOrWithoutByteOrderMark_ReadsTheText(bool mark)
    {
        var ansatz = AnsatzFile.Load(Write(Text, new UTF8Encoding(mark)));
        Assert.Equal(("mine", Text), (ansatz.Name, ansatz.Source));
    }

    [Fact]
    public void Load_ProblemInALine_NamesPathAndLine()
    {
        var path = Write("ansatz mine\nlayer\n\nRQ 0\nend\n");
        Assert.StartsWith($"{path}:4: unknown gate 'RQ'", Problem(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ThenBuild_NamesPathAndLine()
    {
        var path = Write("ansatz mine\nlayer\nRX 5\nend\n");
        var failure = Assert.Throws<InputException>(() => AnsatzFile.Load(path).WeightCount(4, 1));
        Assert.Equal($"{path}:3: RX: wire 5 is outside 0..3 (n = 4, l = 0)", failure.Message);
    }

    [Fact]
    public void Load_NotUtf8_NamesTheLine()
    {
        var path = _folder.File("latin.ansatz");
        File.WriteAllBytes(path, [.. "ansatz mine\nabout "u8, 0xE9, .. "\nlayer\nend\n"u8]);
        Assert.Equal($"{path}:2: is not UTF-8 text; save the file in that encoding", Problem(path));
    }

    [Fact]
    public void Load_LargerThanAllowed_SaysTheLimit()
    {
        var path = Write(Text + new string('#', 100_000));
        Assert.Equal($"{path}: is larger than an ansatz may be; allowed: up to 64 KiB", Problem(path));
    }

    [Fact]
    public void Load_JustAsLargeAsAllowed_IsRead()
    {
        var comment = "#" + string.Concat(Enumerable.Repeat("#" + new string('x', 126) + "\n", 512))[(Text.Length + 1)..];
        Assert.Equal("mine", AnsatzFile.Load(Write(Text + comment)).Name);
        Assert.Contains("larger", Problem(Write(Text + comment + "#")), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoFile_SaysSo()
    {
        Assert.Equal("no/such.ansatz: no such file", Problem("no/such.ansatz"));
        Assert.Equal($"{_folder.Path}: is a folder; an ansatz is a file", Problem(_folder.Path));
        Assert.Equal(": no such file", Problem(""));
    }

    [Fact]
    public void Load_NameOfAShippedOne_IsRefusedUnlessItIsThatOne()
    {
        var shipped = AnsatzRegistry.Get("hqconv");
        Assert.Same(shipped, AnsatzFile.Load(Write(shipped.Source)));
        var path = Write(shipped.Source + "# changed\n");
        Assert.StartsWith($"{path}:1: the name 'hqconv' belongs to an ansatz that comes with the library", Problem(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_NamesAliasesExhibitsAndFiles_AreFound()
    {
        Assert.Same(AnsatzRegistry.Get("ese2-recon"), AnsatzRegistry.Resolve("R3"));
        Assert.Same(AnsatzRegistry.Exhibits[1], AnsatzRegistry.Resolve("rz-chain"));
        var path = Write(Text);
        Assert.Equal("mine", AnsatzRegistry.Resolve(path).Name);
        File.Move(path, path + ".txt");
        Assert.Equal("mine", AnsatzRegistry.Resolve(path + ".txt").Name);
    }

    [Theory]
    [InlineData(
        "hqconv-publishd",
        "ansatz 'hqconv-publishd' is not one of strongly-entangling, sel,",
        "rz-chain or a .ansatz file",
        "did you mean 'hqconv-published'?")]
    [InlineData("no.ansatz", "no.ansatz: no such file")]
    [InlineData("", "ansatz '' is not one of")]
    [InlineData("a\nb", "ansatz 'a?b' is not one of")]
    public void Resolve_Unknown_IsOneLine(string name, params string[] parts)
    {
        var message = Assert.Throws<InputException>(() => AnsatzRegistry.Resolve(name)).Message;
        Assert.DoesNotContain('\n', message);
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private static string Problem(string path) => Assert.Throws<InputException>(() => AnsatzFile.Load(path)).Message;

    private string Write(string text, Encoding? encoding = null)
    {
        var path = _folder.File("my.ansatz");
        File.WriteAllText(path, text, encoding ?? new UTF8Encoding(false));
        return path;
    }
}
