using System.Text;
using CsCheck;
using Fovea.Core.Errors;
using Fovea.Torch.Safetensors;

namespace Fovea.Tests.Torch.Safetensors;

public sealed class SafetensorsHostileFileTests : IDisposable
{
    private const string Sound = """{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[3,1],"data_offsets":[8,11]}}""";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "does not start")]
    [InlineData("[]", "does not start")]
    [InlineData("  {}", "does not start")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{}{}", "")]
    [InlineData("{}", "describes 0 bytes of data, the file has 11")]
    [InlineData("""{"a":[[[[[[[[1]]]]]]]]}""", "not an object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[[[2]]]],"data_offsets":[0,8]}}""", "")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", "dtype, shape, data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "lacks a field")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "repeated")]
    [InlineData("""{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", "unknown dtype 'F31'; allowed: F64, F32")]
    [InlineData("""{"a":{"dtype":5,"shape":[2],"data_offsets":[0,8]}}""", "dtype is not a string")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-11],"data_offsets":[0,11]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,11]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,11]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"U8","shape":[11],"data_offsets":[-1,10]}}""", "whole numbers")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", "overflows")]
    [InlineData("""{"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}""", "overflows")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0,9223372036854775807,9223372036854775807],"data_offsets":[0,0]}}""", "overflows")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,11],"data_offsets":[0,11]}}""", "more than 16")]
    [InlineData("""{"a":{"dtype":"U8","shape":[11],"data_offsets":[11,0]}}""", "say otherwise")]
    [InlineData("""{"a":{"dtype":"U8","shape":[12],"data_offsets":[0,12]}}""", "describes 12 bytes of data, the file has 11")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9000000000000],"data_offsets":[0,9000000000000]}}""", "the file has 11")]
    [InlineData("""{"a":{"dtype":"U8","shape":[6],"data_offsets":[0,6]},"b":{"dtype":"U8","shape":[6],"data_offsets":[5,11]}}""", "overlaps and gaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[5],"data_offsets":[0,5]},"b":{"dtype":"U8","shape":[5],"data_offsets":[6,11]}}""", "overlaps and gaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[5],"data_offsets":[0,5]},"a":{"dtype":"U8","shape":[6],"data_offsets":[5,11]}}""", "'a' stands there twice")]
    [InlineData("""{"__metadata__":{"k":1},"a":{"dtype":"U8","shape":[11],"data_offsets":[0,11]}}""", "'k' is not a string")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", "'k' stands there twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "twice")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[11],"data_offsets":[0,11]}}""", "Unicode")]
    [InlineData("""{"a\n\u2028b":{"dtype":"X","shape":[11],"data_offsets":[0,11]}}""", "'a??b'")]
    public void Load_BrokenHeader_NamesTheRuleInOneLine(string header, string expected) =>
        Assert.Contains(expected, Failure(File(Encoding.UTF8.GetBytes(header), 11)));

    [Fact]
    public void Load_SoundHeader_IsAccepted()
    {
        using var content = SafetensorsFile.Load(WriteFile(File(Encoding.UTF8.GetBytes(Sound), 11)));
        Assert.Equal(2, content.Tensors.Count);
    }

    [Fact]
    public void Load_BooleanThatIsNeither_IsRefused()
    {
        var bytes = File(Encoding.UTF8.GetBytes("""{"a":{"dtype":"BOOL","shape":[11],"data_offsets":[0,11]}}"""), 11);
        bytes[^1] = 2;
        Assert.Contains("BOOL", Failure(bytes));
    }

    [Fact]
    public void Load_HeaderLengthOverTheLimits_IsRefused()
    {
        Assert.Contains("100000000", Failure([.. BitConverter.GetBytes(100_000_001L), .. new byte[50]]));
        Assert.Contains("(50)", Failure([.. BitConverter.GetBytes(99_999_999L), .. new byte[50]]));
        Assert.Contains("18446744073709551615", Failure([.. BitConverter.GetBytes(-1L), .. new byte[50]]));
    }

    [Fact]
    public void Load_EmptyShortOrTextFile_IsRefused()
    {
        Assert.Contains("0 bytes", Failure([]));
        Assert.Contains("9 bytes", Failure(new byte[9]));
        Assert.Contains("not a safetensors file", Failure(Encoding.UTF8.GetBytes("# Notes\n\nThis is a text file.\n")));
        Assert.Contains("not a safetensors file", Failure(Encoding.UTF8.GetBytes("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")));
    }

    [Fact]
    public void Load_MissingFileOrFolder_IsAnInputException()
    {
        var missing = _folder.File("missing");
        Assert.Contains("does not exist", Assert.Throws<InputException>(() => SafetensorsFile.Load(missing)).Message);
        Assert.Contains(_folder.Path, Assert.Throws<InputException>(() => SafetensorsFile.Load(_folder.Path)).Message);
    }

    [Fact]
    public void Load_MoreEntriesThanAllowed_IsRefused()
    {
        var header = new StringBuilder("{");
        for (var i = 0; i <= 100_000; i++) header.Append($"\"{i}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}},");
        header[^1] = '}';
        Assert.Contains("more than 100000 tensors", Failure(File(Encoding.UTF8.GetBytes(header.ToString()), 0)));
    }

    // Any damage: the file loads, or one line says what is wrong; nothing else may come out.
    [Fact]
    public void Load_RandomDamage_LoadsOrExplains()
    {
        var sound = File(Encoding.UTF8.GetBytes(Sound), 11);
        var edit = Gen.Select(Gen.Int[0, 3], Gen.Int[0, sound.Length], Gen.Byte, Gen.Int[1, 20]);
        Gen.Select(edit.Array[1, 4], Gen.Int[0, int.MaxValue]).Sample(
            (edits, number) => AssertLoadsOrExplains(edits.Aggregate(sound, (b, e) => Damaged(b, e.Item1, e.Item2, e.Item3, e.Item4)), number),
            iter: 3000);
    }

    [Fact]
    public void Load_RandomTokensInTheHeader_LoadsOrExplains()
    {
        string[] tokens =
        [
            "0", "1", "2", "8", "11", "-1", "9223372036854775807", "9223372036854775808", "1e3", "null", "true", "[", "]", "{", "}", "\"F32\"",
            "\"U8\"", "\"BOOL\"", "\"I64\"", "\"\"", "\"shape\"", "\"dtype\"", "\"data_offsets\"", "\"__metadata__\"",
            "\"a\"", ",", ":", "[]", "{}", "\"\\u0000\"",
        ];
        var parts = System.Text.RegularExpressions.Regex.Matches(Sound, "\"[^\"]*\"|[0-9]+|[][{}:,]").Select(m => m.Value).ToArray();
        var edit = Gen.Select(Gen.Int[0, parts.Length - 1], Gen.Int[0, tokens.Length - 1]);
        Gen.Select(edit.Array[1, 3], Gen.Int[0, int.MaxValue]).Sample(
            (edits, number) =>
            {
                var changed = (string[])parts.Clone();
                foreach (var (at, token) in edits) changed[at] = tokens[token];
                AssertLoadsOrExplains(File(Encoding.UTF8.GetBytes(string.Concat(changed)), 11), number);
            },
            iter: 3000);
    }

    private void AssertLoadsOrExplains(byte[] bytes, int number)
    {
        var path = _folder.File($"damaged{number}-{Environment.CurrentManagedThreadId}");
        System.IO.File.WriteAllBytes(path, bytes);
        try
        {
            using var content = SafetensorsFile.Load(path);
        }
        catch (InputException e)
        {
            Assert.StartsWith(path, e.Message);
            Assert.DoesNotContain('\n', e.Message);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private static byte[] Damaged(byte[] bytes, int kind, int position, byte value, int count)
    {
        var at = Math.Min(position, bytes.Length);
        var rest = Math.Min(count, bytes.Length - at);
        return kind switch
        {
            0 => [.. bytes[..at], value, .. bytes[(at + Math.Min(1, rest))..]],
            1 => [.. bytes[..at], .. Enumerable.Repeat(value, count), .. bytes[at..]],
            2 => [.. bytes[..at], .. bytes[(at + rest)..]],
            _ => bytes[..at],
        };
    }

    private string Failure(byte[] bytes)
    {
        var path = WriteFile(bytes);
        var message = Assert.Throws<InputException>(() => SafetensorsFile.Load(path)).Message;
        Assert.StartsWith(path, message);
        Assert.DoesNotContain('\n', message);
        Assert.InRange(message.Length, 1, 600);
        return message;
    }

    private string WriteFile(byte[] bytes)
    {
        var path = _folder.File("hostile.safetensors");
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] File(byte[] header, int dataLength) => [.. BitConverter.GetBytes((long)header.Length), .. header, .. new byte[dataLength]];
}
