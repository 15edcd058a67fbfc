using Fovea.Core.Errors;
using Fovea.Core.Files;
using Fovea.Quantum.Ansaetze.Language;

namespace Fovea.Quantum.Ansaetze;

/// <summary>
/// The ansätze that come with the library, by name. All angles are the weights themselves, in radians; publications that write an
/// angle as 2π·θ have weights 2π·θ here.
/// </summary>
public static class AnsatzRegistry
{
    /// <summary>Every ansatz that can be trained, in the order of listings.</summary>
    public static IReadOnlyList<Ansatz> All { get; } = ShippedAnsaetze.Read(ShippedAnsaetze.Trainable);

    /// <summary>Published circuits with a fault, for the laboratory and tests. <see cref="Find"/> does not know them.</summary>
    public static IReadOnlyList<Ansatz> Exhibits { get; } = ShippedAnsaetze.Read(ShippedAnsaetze.Exhibits);

    /// <summary>The main names, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(a => a.Name)];

    /// <summary>Everything that <see cref="Find"/> knows: each name followed by its aliases, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> NamesAndAliases { get; } = NamesOf(All);

    /// <summary>All ansätze that come with the library.</summary>
    internal static IReadOnlyList<Ansatz> Shipped { get; } = [.. All, .. Exhibits];

    /// <summary>Every name and alias of <see cref="Shipped"/>.</summary>
    internal static IReadOnlyList<string> TakenNames { get; } = NamesOf(Shipped);

    /// <summary>The ansatz of <see cref="All"/> of that name or alias (case ignored), or null.</summary>
    public static Ansatz? Find(string? name) => All.FirstOrDefault(a => a.IsCalled(name));

    /// <summary>The exhibit of that name (case ignored), or null.</summary>
    public static Ansatz? FindExhibit(string? name) => Exhibits.FirstOrDefault(a => a.IsCalled(name));

    /// <summary>The ansatz of <see cref="All"/> of that name or alias.</summary>
    /// <exception cref="ArgumentException">No such ansatz; the message lists the names and the nearest one.</exception>
    public static Ansatz Get(string name) => Find(name) ?? throw new ArgumentException(UnknownName(name), nameof(name));

    /// <summary>
    /// An ansatz from wherever it is: a name or alias, exhibits included, or a file of the user's. A name wins over a file called so.
    /// </summary>
    /// <param name="nameOrPath">The name, or a path that ends in .ansatz or leads to a file.</param>
    /// <exception cref="InputException">It is nothing of these, or the file breaks a rule; the message is one line.</exception>
    public static Ansatz Resolve(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (Shipped.FirstOrDefault(a => a.IsCalled(nameOrPath)) is { } shipped)
            return shipped;
        return AnsatzFile.IsMeantBy(nameOrPath)
            ? AnsatzFile.Load(nameOrPath)
            : throw new InputException(Unknown(nameOrPath, TakenNames, $" or a {AnsatzFile.Extension} file"));
    }

    /// <summary>One line that says a name is unknown or an exhibit's, what is allowed, and the nearest allowed name.</summary>
    internal static string UnknownName(string? name) => FindExhibit(name) is { } exhibit
        ? $"ansatz '{exhibit.Name}' is an exhibit, a circuit with a fault, and cannot be trained; allowed: {string.Join(", ", NamesAndAliases)}"
        : Unknown(name ?? "", NamesAndAliases, "");

    private static readonly string[] GateWords = ["rx", "ry", "rz", "rxx", "ryy", "rzz", "cx", "cy", "cz", "crx", "cry", "crz", "cnot", "swap", "iswap", "h"];

    private static string Unknown(string name, IReadOnlyList<string> allowed, string more) =>
        $"ansatz {Language.DefinitionSource.Quote(name)} is not one of "
            + $"{string.Join(", ", allowed)}{more}{NearestName.Hint(name, allowed.Where(other => Gates(other).SequenceEqual(Gates(name))))}";

    // cx-ring is no slip for crx-ring: the gates in a name say what the circuit is.
    private static IEnumerable<string> Gates(string name) => name.Split('-').Where(word => GateWords.Contains(word, StringComparer.OrdinalIgnoreCase));

    private static IReadOnlyList<string> NamesOf(IEnumerable<Ansatz> ansaetze) => [.. ansaetze.SelectMany(a => a.Aliases.Prepend(a.Name))];
}

/// <summary>The definitions that are embedded in the library, from the folder Shipped.</summary>
internal static class ShippedAnsaetze
{
    private const string Folder = "ansaetze/";
    private static readonly EmbeddedTexts s_texts = new(typeof(ShippedAnsaetze).Assembly, Folder, AnsatzFile.Extension);

    /// <summary>Those that can be trained, in the order of listings.</summary>
    public static IReadOnlyList<string> Trainable { get; } =
    [
        "strongly-entangling", "basic-entangler", "simplified-two-design", "hqconv", "fqconv", "fqconv-port", "ese1-recon", "ese2-recon",
        "brick", "ry-rz-ring", "crx-ring", "cz-ring", "ry-rz-half-brick", "half-range",
    ];

    /// <summary>Those that show a fault.</summary>
    public static IReadOnlyList<string> Exhibits { get; } = ["hqconv-published", "rz-chain"];

    /// <summary>Reads definitions by their names.</summary>
    public static IReadOnlyList<Ansatz> Read(IEnumerable<string> names) => [.. names.Select(Read)];

    private static Ansatz Read(string name) => DefinitionReader.Read(s_texts.Find(name)!, $"{Folder}{name}{AnsatzFile.Extension}", []);
}
