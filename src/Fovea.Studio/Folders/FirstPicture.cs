using System.Buffers.Text;
using System.Text;

namespace Fovea.Studio.Folders;

/// <summary>The picture that stands for something in a list.</summary>
internal static class FirstPicture
{
    private const string Mark = "src=\"data:image/png;base64,"; // the light one, where there are two
    private const int MostBytes = 64 << 20;

    /// <summary>A file inside of a folder of that kind, as a path from there on; null where there is none.</summary>
    internal static string? Of(ItemKind kind, string folder) => kind switch
    {
        ItemKind.Run => Newest(folder, "samples") ?? Newest(folder, "reconstructions"),
        ItemKind.Model => Existing(folder, "samples.png"),
        ItemKind.Images => Existing(folder, "grid.png"),
        ItemKind.Study when !File.Exists(Path.Combine(folder, "report.html")) => Newest(folder, "cells"),
        _ => null,
    };

    /// <summary>The first picture that stands in a page itself; null where there is none.</summary>
    /// <param name="page">The page's file.</param>
    internal static byte[]? In(string page)
    {
        if (new FileInfo(page).Length > MostBytes) return null;
        var text = File.ReadAllBytes(page).AsSpan();
        var start = text.IndexOf(Encoding.ASCII.GetBytes(Mark));
        if (start < 0) return null;
        text = text[(start + Mark.Length)..];
        var end = text.IndexOf((byte)'"');
        if (end < 0) return null;
        var picture = new byte[Base64.GetMaxDecodedFromUtf8Length(end)];
        return Base64.DecodeFromUtf8(text[..end], picture, out _, out var written) == System.Buffers.OperationStatus.Done ? picture[..written] : null;
    }

    private static string? Existing(string folder, string name) => File.Exists(Path.Combine(folder, name)) ? name : null;

    private static string? Newest(string folder, string inner)
    {
        var path = Path.Combine(folder, inner);
        var last = Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.png").Max(StringComparer.Ordinal) : null;
        return last is null ? null : $"{inner}/{Path.GetFileName(last)}";
    }
}
