using System.Text.RegularExpressions;

namespace Fovea.Tests.Architecture;

/// <summary>What docs/architecture.md says of directions is what the project files and the <c>using</c> lines say.</summary>
public sealed partial class DirectionsTests
{
    private const string Prefix = "Fovea.";
    private const string Root = "root";
    private static readonly string Home = FindHome();
    private static readonly string Page = File.ReadAllText(Path.Combine(Home, "docs", "architecture.md"));
    private static readonly SourceFile[] Files = [.. SourceFiles()];

    [Fact]
    public void Projects_References_AreThoseOfThePage()
    {
        var listed = Section("## Which project uses which").Select(row => $"{row.Name} → {string.Join(", ", row.Names.Order(StringComparer.Ordinal))}");
        var given = ProjectNames().Select(
            project => $"{project} → {string.Join(", ", ReferencesOf(project).Select(other => other[Prefix.Length..]).Order(StringComparer.Ordinal))}");

        Assert.Equal(given, listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Projects_References_AreUsed()
    {
        var idle = string.Join('\n', ProjectNames().SelectMany(project => ReferencesOf(project)
            .Where(other => !Files.Any(file => file.Project == project && Mentions(file, other)))
            .Select(other => $"{project} refers to {other} and uses nothing of it")));

        Assert.True(idle.Length == 0, idle);
    }

    [Fact]
    public void Folders_Order_NamesEachFolder()
    {
        var listed = Section("## Folders from low to high").Select(row => $"{row.Name}: {string.Join(", ", row.Names.Order(StringComparer.Ordinal))}");
        var given = ProjectNames().Select(project =>
            $"{project}: "
                + $"{string.Join(", ", Files.Where(file => file.Project == project).Select(file => file.Folder).Distinct().Order(StringComparer.Ordinal))}");

        Assert.Equal(given, listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Folders_Usings_PointDown()
    {
        var order = Section("## Folders from low to high").ToDictionary(row => row.Name, row => row.Names);
        var upward = string.Join('\n', Files.SelectMany(file => UsedFolders(file)
            .Where(used => used != file.Folder && Array.IndexOf(order[file.Project], used) >= Array.IndexOf(order[file.Project], file.Folder))
            .Select(used => $"{file.Path}: {file.Folder} uses {used}, which docs/architecture.md does not put below it")));

        Assert.True(upward.Length == 0, upward);
    }

    /// <summary>A folder that uses what lies below it, and is used by it: allowed where the page admits it.</summary>
    [Fact]
    public void Folders_KnownKnots_AreAllAndStillThere()
    {
        var types = Files.Select(file => file.Namespace).Distinct().ToDictionary(name => name, TypesOf);
        var given = Files.GroupBy(file => file.Namespace).Where(outer => outer.Key.Split('.').Length == 3)
            .Where(outer => Files.Any(inner => inner.Namespace.StartsWith(outer.Key + ".", StringComparison.Ordinal) && HasTypeOf(inner, types[outer.Key])))
            .Where(outer => outer.Any(file => file.Usings.Any(used => used.StartsWith(outer.Key + ".", StringComparison.Ordinal))))
            .Select(outer => outer.Key.Replace('.', '/').Replace("Fovea/", Prefix, StringComparison.Ordinal));
        var listed = Section("## Known knots").Select(row => row.Name);

        Assert.Equal(given.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Folders_InsideAFolder_HaveNoCircle()
    {
        foreach (var group in Files.GroupBy(file => file.Namespace).GroupBy(own => own.Key[..own.Key.LastIndexOf('.')]))
        {
            var uses = group.ToDictionary(own => own.Key, own => own.SelectMany(file => file.Usings).Where(used => used != own.Key).ToHashSet());
            var left = uses.Keys.ToHashSet();
            while (left.RemoveWhere(name => !uses[name].Overlaps(left)) > 0)
            {
                // Folders that use none of those left are no part of a circle.
            }

            Assert.Empty(left);
        }
    }

    private static IEnumerable<SourceFile> SourceFiles()
    {
        var source = Path.Combine(Home, "src");
        foreach (var path in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var parts = Path.GetRelativePath(source, path).Replace('\\', '/').Split('/');
            if (parts.Contains("obj") || parts.Contains("bin")) continue;
            var text = File.ReadAllText(path);
            var code = Comment().Replace(text, "");
            yield return new SourceFile(
                string.Join('/', parts), parts[0], parts.Length > 2 ? parts[1] : Root, string.Join('.', parts[..^1]), code,
                [.. Using().Matches(code).Select(used => used.Groups["name"].Value)], [.. Declared().Matches(code).Select(type => type.Groups["name"].Value)]);
        }
    }

    /// <summary>
    /// Folders of its project that a file uses: by a using line, by a name behind a folder's, or a type at the root, which needs no using line.
    /// </summary>
    private static IEnumerable<string> UsedFolders(SourceFile file)
    {
        var prefix = file.Project + ".";
        var used = file.Usings.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..].Split('.')[0]);
        var behind = Files.Where(other => other.Project == file.Project && other.Folder != file.Folder && other.Folder != Root)
            .Where(other => other.Types.Any(type => file.Code.Contains($"{other.Folder}.{type}", StringComparison.Ordinal)
                && Regex.IsMatch(file.Code, $@"(?<![.\w]){other.Folder}\.{type}\b")))
            .Select(other => other.Folder);
        return used.Concat(behind).Concat(file.Folder != Root && HasTypeOf(file, TypesOf(file.Project)) ? [Root] : []).Distinct();
    }

    // Nothing uses the program's entry, and many a property has its name.
    private static string[] TypesOf(string name) =>
        [.. Files.Where(file => file.Namespace == name).SelectMany(file => file.Types).Where(type => type != "Program")];

    /// <summary>Whether a file has one of some types where a type stands: behind new, a colon or a bracket, before a point, a bracket or a name.</summary>
    private static bool HasTypeOf(SourceFile file, string[] types) => types.Any(type => file.Code.Contains(type, StringComparison.Ordinal)
        && Regex.IsMatch(file.Code, $@"(?:(?<=[:<(]\s?|new )|(?<![.\w])(?=\w+(?:[.<(?>\[]|\s+\w))){type}\b"));

    private static bool Mentions(SourceFile file, string project) =>
        file.Usings.Any(name => name == project || name.StartsWith(project + ".", StringComparison.Ordinal));

    private static IEnumerable<string> ProjectNames() =>
        Directory.EnumerateFiles(Path.Combine(Home, "src"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Order(StringComparer.Ordinal);

    private static string[] ReferencesOf(string project) =>
        [.. Reference().Matches(File.ReadAllText(Path.Combine(Home, "src", project, project + ".csproj"))).Select(reference => reference.Groups["name"].Value)];

    /// <summary>The rows of the table below a heading: the first cell's name, the names of the second.</summary>
    private static (string Name, string[] Names)[] Section(string heading)
    {
        var text = Page[(Page.IndexOf(heading + "\n", StringComparison.Ordinal) + heading.Length)..];
        var end = text.IndexOf("\n## ", StringComparison.Ordinal);
        return [.. Row().Matches(text[..end])
            .Select(row => (
                row.Groups["name"].Value,
                Quoted().Matches(row.Groups["rest"].Value).Select(name => name.Groups["name"].Value).ToArray()))];
    }

    private static string FindHome()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Fovea.slnx"))) return folder.FullName;
        throw new InvalidOperationException("the tests do not lie in the repository");
    }

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?(?<name>Fovea\.[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(
        @"^(?:(?:public|internal|static|sealed|abstract|readonly|ref|partial|unsafe) )*(?:class|record struct|record|struct|interface|enum) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*?(?<name>[\w.]+)\.csproj""")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \|(?<rest>[^\n]*)$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<name>[^`]+)`")]
    private static partial Regex Quoted();

    private sealed record SourceFile(
        string Path, string Project, string Folder, string Namespace, string Code, IReadOnlyList<string> Usings, IReadOnlyList<string> Types);
}
