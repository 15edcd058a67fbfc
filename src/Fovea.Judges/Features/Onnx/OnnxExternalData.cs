using System.Text;
using Fovea.Core.Errors;

namespace Fovea.Judges.Features.Onnx;

/// <summary>
/// The files beside an ONNX file that hold its weights (external data of onnx.proto3): a graph may stay as it is while they change. The file is
/// walked message by message as protocol buffers, because the runtime does not tell which files it reads.
/// </summary>
internal static class OnnxExternalData
{
    // Where messages can hold a tensor: the fields of each that lead to others, by the field's number.
    private static readonly Dictionary<Message, Dictionary<int, Message>> Inside = new()
    {
        [Message.Model] = new() { [7] = Message.Graph, [20] = Message.TrainingInfo, [25] = Message.Function },
        [Message.TrainingInfo] = new() { [1] = Message.Graph, [2] = Message.Graph },
        [Message.Graph] = new() { [1] = Message.Node, [5] = Message.Tensor, [15] = Message.SparseTensor },
        [Message.Function] = new() { [7] = Message.Node, [11] = Message.Attribute },
        [Message.Node] = new() { [5] = Message.Attribute },
        [Message.Attribute] = new()
        {
            [5] = Message.Tensor,
            [6] = Message.Graph,
            [10] = Message.Tensor,
            [11] = Message.Graph,
            [22] = Message.SparseTensor,
            [23] = Message.SparseTensor,
        },
        [Message.SparseTensor] = new() { [1] = Message.Tensor, [2] = Message.Tensor },
        [Message.Tensor] = new() { [13] = Message.Entry },
    };

    private enum Message
    {
        Model,
        TrainingInfo,
        Graph,
        Function,
        Node,
        Attribute,
        SparseTensor,
        Tensor,
        Entry,
    }

    /// <summary>The paths of the files, each once, in the order of the names that the network gives them.</summary>
    /// <param name="path">The ONNX file; nothing is found in one that is no network.</param>
    /// <exception cref="InputException">It cannot be read, or a file that it names is missing.</exception>
    public static IReadOnlyList<string> FilesOf(string path)
    {
        var locations = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            Walk(File.ReadAllBytes(path), Message.Model, locations);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({FileProblem.Of(path, e)})", e);
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string[] files = [.. locations.Select(location => Path.Combine(folder, location))];
        return Array.Find(files, file => !File.Exists(file)) is { } missing
            ? throw new InputException($"{path}: its weights are in {missing}, which is missing; keep both files side by side")
            : files;
    }

    private static void Walk(ReadOnlySpan<byte> content, Message message, SortedSet<string> locations)
    {
        // A tensor's entries count only if it says, before or after them, that its data lie elsewhere.
        var (named, isElsewhere) = (message == Message.Tensor ? new SortedSet<string>(StringComparer.Ordinal) : locations, false);
        var (key, value) = ("", "");
        for (var at = 0; at < content.Length;)
        {
            if (Number(content, ref at) is not { } tag || Field(content, ref at, (int)(tag & 7)) is not { } range) break;
            var field = (int)(tag >> 3);
            var part = content[range];
            if (message == Message.Entry && field == 1) key = Encoding.UTF8.GetString(part);
            else if (message == Message.Entry && field == 2) value = Encoding.UTF8.GetString(part);
            else if (message == Message.Tensor && field == 14) isElsewhere = part is [1];
            else if ((tag & 7) == 2 && Inside.TryGetValue(message, out var inner) && inner.TryGetValue(field, out var next)) Walk(part, next, named);
        }

        if (key == "location" && value.Length > 0) named.Add(value);
        if (isElsewhere) locations.UnionWith(named);
    }

    /// <summary>Where the content of a field lies, which is read past; null at what no protocol buffer holds.</summary>
    private static Range? Field(ReadOnlySpan<byte> content, ref int at, int wire)
    {
        var start = at;
        if (wire == 0) return Number(content, ref at) is null ? null : start..at;
        var length = wire switch { 1 => 8UL, 5 => 4UL, 2 => Number(content, ref at) ?? ulong.MaxValue, _ => ulong.MaxValue };
        if (length > (ulong)(content.Length - at)) return null;
        at += (int)length;
        return (at - (int)length)..at;
    }

    private static ulong? Number(ReadOnlySpan<byte> content, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64 && at < content.Length; shift += 7)
        {
            var next = content[at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128) return value;
        }

        return null;
    }
}
