using System.Text;
using Fovea.Imaging.Datasets;

namespace Fovea.Tests.Imaging.Datasets;

public class NpyHeaderTests
{
    [Theory]
    [InlineData(new long[] { 3 })]
    [InlineData(new long[] { 1000000, 512, 512, 3 })]
    public void Read_EncodedHeader_GivesShape(long[] shape)
    {
        var header = NpyHeader.Read(new MemoryStream(NpyHeader.Encode("|u1", shape)));
        Assert.Equal("|u1", header.ElementType);
        Assert.Equal(shape, header.Shape);
        Assert.Equal(128, header.DataOffset);
    }

    [Fact]
    public void Read_HeaderAsNumpyWritesIt_GivesFields()
    {
        var text = "{'descr': '<i8', 'fortran_order': True, 'shape': (2, 1), }".PadRight(117) + "\n";
        byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(text)];
        var header = NpyHeader.Read(new MemoryStream(bytes));
        Assert.Equal(("<i8", true, 128), (header.ElementType, header.FortranOrder, header.DataOffset));
        Assert.Equal([2, 1], header.Shape);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an array at all")]
    public void Read_OtherBytes_Throws(string text) =>
        Assert.Throws<FormatException>(() => NpyHeader.Read(new MemoryStream(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Read_EveryCutOff_Throws()
    {
        var whole = NpyHeader.Encode("|u1", [1, 2, 2, 3]);
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<FormatException>(() => NpyHeader.Read(new MemoryStream(whole[..length])));
    }
}
