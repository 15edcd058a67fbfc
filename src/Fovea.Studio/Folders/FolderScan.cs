using System.Buffers.Text;
using System.Text;
using Fovea.Training.Runs;

namespace Fovea.Studio.Folders;

/// <summary>What is in a studio's folder: datasets, runs, reports, by the files that make them.</summary>
internal static class FolderScan
{
    private const int Deepest = 4;
    private const int MostFolders = 4000;
    private const string Description = "dataset.json";
    private const string Page = "report.html";

    // What is inside of these is theirs.
    private static readonly string[] s_inner =
        [RunFiles.Checkpoints, "tensorboard", "samples", "reconstructions", "init", "work", "node_modules", "bin", "obj"];

    /// <summary>Everything that is known for what it is, the newest first.</summary>
    internal static IReadOnlyList<StudioItem> Find(StudioRoot root)
    {
        var (found, open, seen) = (new List<StudioItem>(), new Queue<(string Path, int Depth)>([(root.Path, 0)]), 0);
        while (open.TryDequeue(out var folder) && seen++ < MostFolders)
        {
            try
            {
                found.AddRange(ItemsOf(root, folder.Path));
                if (folder.Depth == Deepest) continue;
                foreach (var inner in new DirectoryInfo(folder.Path).EnumerateDirectories().OrderBy(inner => inner.Name, StringComparer.Ordinal))
                {
                    if (inner.LinkTarget is null && !s_inner.Contains(inner.Name) && root.Resolve(root.NameOf(inner.FullName)) is not null)
                        open.Enqueue((inner.FullName, folder.Depth + 1));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It went away, or is not for us to read.
            }
        }

        return [.. found.OrderByDescending(item => item.Changed).ThenBy(item => item.Name, StringComparer.Ordinal)];
    }

    /// <summary>What kind a folder is of; null for none.</summary>
    internal static ItemKind? KindOf(string folder)
    {
        bool Has(string name) => File.Exists(Path.Combine(folder, name));
        if (Has(Description) && Has("images.npy")) return ItemKind.Dataset;
        if (Has("study.toml")) return ItemKind.Study;
        if (Has(RunFiles.Config) && (Has(RunFiles.Metrics) || Has(RunFiles.Data) || Directory.Exists(Path.Combine(folder, RunFiles.Checkpoints))))
            return Has(RunFiles.Denoiser) && !Has(RunFiles.Metrics) ? ItemKind.Model : ItemKind.Run;
        if (Has(Page)) return Has("report.json") && HasText(Path.Combine(folder, "report.json"), "\"generated\"") ? ItemKind.Evaluation : ItemKind.Report;
        if (Has("index.html")) return ItemKind.Report;
        return Has("grid.png") && Has("000000.png") ? ItemKind.Images : null;
    }

    private static IEnumerable<StudioItem> ItemsOf(StudioRoot root, string folder)
    {
        if (KindOf(folder) is not { } kind) yield break;
        var page = new[] { Page, "index.html" }.FirstOrDefault(name => File.Exists(Path.Combine(folder, name)));
        var telling = kind switch
        {
            ItemKind.Dataset => Description,
            ItemKind.Run => File.Exists(Path.Combine(folder, RunFiles.Metrics)) ? RunFiles.Metrics : RunFiles.Config,
            ItemKind.Model => RunFiles.Denoiser,
            ItemKind.Study => File.Exists(Path.Combine(folder, "study.json")) ? "study.json" : "study.toml",
            ItemKind.Images => "grid.png",
            _ => page!,
        };
        yield return new StudioItem(kind, root.NameOf(folder), File.GetLastWriteTimeUtc(Path.Combine(folder, telling)), page, FirstPicture.Find(kind, folder));
    }

    private static bool HasText(string path, string text)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var start = new char[4096];
        return new string(start, 0, reader.ReadBlock(start)).Contains(text, StringComparison.Ordinal);
    }
}

/// <summary>Something in a studio's folder.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its path from the studio's folder on; empty for that itself.</param>
/// <param name="Changed">When the file was written that tells most of it.</param>
/// <param name="Page">The file of its page; null where it has none.</param>
/// <param name="Picture">The file of its first picture inside of it; null where it has none.</param>
internal sealed record StudioItem(ItemKind Kind, string Name, DateTime Changed, string? Page, string? Picture);

/// <summary>What can be in a studio's folder.</summary>
internal enum ItemKind
{
    /// <summary>A prepared dataset.</summary>
    Dataset,

    /// <summary>A training, finished or not.</summary>
    Run,

    /// <summary>A packed model: weights without a log.</summary>
    Model,

    /// <summary>The report of an evaluation.</summary>
    Evaluation,

    /// <summary>A study.</summary>
    Study,

    /// <summary>Another page.</summary>
    Report,

    /// <summary>Images that were drawn into a folder.</summary>
    Images,
}

/// <summary>The picture that stands for something in a list.</summary>
internal static class FirstPicture
{
    private const string Mark = "src=\"data:image/png;base64,"; // the light one, where there are two
    private const int MostBytes = 64 << 20;

    /// <summary>A file inside of a folder of that kind, as a path from there on; null where there is none.</summary>
    internal static string? Find(ItemKind kind, string folder) => kind switch
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
