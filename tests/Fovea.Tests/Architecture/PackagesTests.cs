using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Fovea.Tests.Architecture;

/// <summary>Which projects are packages, and what the pages say of them.</summary>
public sealed partial class PackagesTests
{
    private static readonly string Home = FindHome();

    private static readonly XDocument[] Projects =
        [.. Directory.GetFiles(Path.Combine(Home, "src"), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => XDocument.Load(file, LoadOptions.SetBaseUri))];

    /// <summary>A package whose dependency is none could not be installed.</summary>
    [Fact]
    public void Packages_References_ArePackages()
    {
        var packages = Projects.Where(IsPackage).Select(NameOf).ToArray();
        Assert.Equal(["Fovea.Core", "Fovea.Devices", "Fovea.Diffusion", "Fovea.Imaging", "Fovea.Models", "Fovea.Quantum", "Fovea.Torch"], packages);
        var missing = Projects.Where(IsPackage).SelectMany(project => project.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!))
            .Where(name => !packages.Contains(name)).Select(name => $"{NameOf(project)} uses {name}, which is no package"));
        Assert.Empty(missing);
    }

    [Fact]
    public void Packages_Descriptions_AreTheirOwn()
    {
        var descriptions = Projects.Where(IsPackage).Select(project => (string?)project.Descendants("Description").FirstOrDefault()).ToArray();
        Assert.All(descriptions, description => Assert.True(description?.Length > 40, description));
        Assert.Equal(descriptions.Length, descriptions.Distinct().Count());
    }

    [Fact]
    public void PackScript_Libraries_AreAllPackages()
    {
        var listed = Libraries().Match(File.ReadAllText(Path.Combine(Home, "build", "pack.sh"))).Groups[1].Value.Split(' ').Select(name => "Fovea." + name);
        Assert.Equal(Projects.Where(IsPackage).Select(NameOf), listed.Order(StringComparer.Ordinal));
    }

    /// <summary>Versions that a reader would copy are those in use.</summary>
    [Theory]
    [InlineData("docs/install.md")]
    [InlineData("build/package/libraries.md")]
    [InlineData("build/pack.sh")]
    public void Pages_Versions_AreThoseInUse(string page)
    {
        var versions = XDocument.Load(Path.Combine(Home, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(e => (string)e.Attribute("Include")!, e => (string)e.Attribute("Version")!);
        var own = (string)XDocument.Load(Path.Combine(Home, "Directory.Build.props")).Descendants("Version").Single();
        var text = File.ReadAllText(Path.Combine(Home, page));
        var named = Reference().Matches(text).Select(match => (Name: match.Groups[1].Value, Version: match.Groups[2].Value))
            .Where(named => named.Version[0] != '$').ToArray();
        Assert.NotEmpty(named);
        Assert.All(named, one => Assert.Equal(one.Name.StartsWith("Fovea.", StringComparison.Ordinal) ? own : versions[one.Name], one.Version));
    }

    private static bool IsPackage(XDocument project) =>
        project.Root!.Elements("PropertyGroup").Any(group => group.Attribute("Condition") is null && (string?)group.Element("IsPackable") == "true");

    private static string NameOf(XDocument project) => Path.GetFileNameWithoutExtension(project.BaseUri);

    private static string FindHome()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fovea.slnx"))) folder = folder.Parent;
        Assert.SkipWhen(folder is null, "the tests run outside the repository, whose projects are out of reach");
        return folder!.FullName;
    }

    [GeneratedRegex("^libraries=\"(.*)\"$", RegexOptions.Multiline)]
    private static partial Regex Libraries();

    [GeneratedRegex("<PackageReference Include=\\\\?\"([\\w.-]+)\\\\?\" Version=\\\\?\"([^\"\\\\]+)\\\\?\"")]
    private static partial Regex Reference();
}
