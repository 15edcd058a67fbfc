using System.Text.RegularExpressions;

namespace Fovea.Tests.Docs;

/// <summary>Links and lines of the pages at the repository's root and below docs/, and lines of the source.</summary>
public sealed partial class PagesTests
{
    [Fact]
    public void Links_OfAllPages_LeadToFiles()
    {
        var root = Root();
        string[] pages = [.. Directory.GetFiles(root, "*.md"), .. Directory.GetFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)];
        Assert.True(pages.Length > 30, $"only {pages.Length} pages were found");
        var links = pages.SelectMany(page => Targets(File.ReadAllText(page)).Select(target => (Page: page, Target: target))).ToArray();
        Assert.True(links.Length > 100, $"only {links.Length} links were found");
        var broken = links.Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(link.Page)!, link.Target)))
            .Select(link => $"{Path.GetRelativePath(root, link.Page)}: {link.Target}");
        Assert.Empty(broken);
    }

    [Fact]
    public void Index_NamesEveryPageOfDocs()
    {
        var docs = Path.Combine(Root(), "docs");
        var named = Targets(File.ReadAllText(Path.Combine(docs, "README.md"))).Select(target => Path.GetFullPath(target, docs)).ToHashSet();
        var missing = Directory.GetFiles(docs, "*.md", SearchOption.AllDirectories)
            .Where(page => page != Path.Combine(docs, "README.md") && !named.Contains(page));
        Assert.Empty(missing.Select(page => Path.GetRelativePath(docs, page)));
    }

    // Tables and pictures stand on one line, whatever they hold; commands of a page are copied whole.
    [Fact]
    public void Lines_OfPagesAndSource_AreNotLongerThan160()
    {
        var root = Root();
        string[] Files(string folder, string kind) => [.. Directory.GetFiles(Path.Combine(root, folder), kind, SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))];
        string[] files = [.. Directory.GetFiles(root, "*.md"), .. Files("docs", "*.md"), .. Files("src", "*.cs")];
        Assert.True(files.Length > 600, $"only {files.Length} files were found");
        Assert.Empty(
            from file in files
            from line in (file.EndsWith(".md", StringComparison.Ordinal) ? Code().Replace(File.ReadAllText(file), "") : File.ReadAllText(file)).Split('\n')
            where line.Length > 160 && !line.StartsWith('|') && !line.StartsWith("![", StringComparison.Ordinal)
            select $"{Path.GetRelativePath(root, file)}: {line}");
    }

    [Fact]
    public void Targets_OfText_AreFilesWithoutFragments() =>
        Assert.Equal(
            ["a.md", "b c.png"],
            Targets(
                "[x](a.md#part) ![y](b%20c.png \"title\") [z](https://example.org) [w](#here)\n```\n[code](none.md)\n"
                    + "```\n`[q](none.md)`"));

    /// <summary>Relative targets of links and pictures, outside code, without fragments and titles.</summary>
    private static IEnumerable<string> Targets(string page) =>
        from Match match in Link().Matches(Code().Replace(page, ""))
        let target = Uri.UnescapeDataString(match.Groups[1].Value.Split('#')[0])
        where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
        select target;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fovea.slnx"))) folder = folder.Parent;
        Assert.SkipWhen(folder is null, "the tests run outside the repository, whose pages are out of reach");
        return folder!.FullName;
    }

    [GeneratedRegex(@"\]\(([^)\s]+)(?:\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]+`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();
}
