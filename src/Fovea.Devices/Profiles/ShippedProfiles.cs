using System.Collections.Immutable;
using Fovea.Core.Errors;
using Fovea.Core.Files;

namespace Fovea.Devices.Profiles;

/// <summary>The profiles that come with the library. They are representative of a class of devices, not measured from one machine.</summary>
public static class ShippedProfiles
{
    private static readonly EmbeddedTexts s_texts = new(typeof(ShippedProfiles).Assembly, "profiles/", ".toml");

    /// <summary>The names: heavy-hex (27 transmons), square-lattice (25 transmons), trapped-ion (20 ions, all-to-all).</summary>
    public static ImmutableArray<string> Names { get; } = ["heavy-hex", "square-lattice", "trapped-ion"];

    /// <summary>A shipped profile by its name.</summary>
    /// <exception cref="InputException">There is none of that name; the message lists the names and the nearest one.</exception>
    public static DeviceProfile Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Names.Contains(name))
            throw new InputException($"device profile '{name}' is not shipped{NearestName.Hint(name, Names)}; allowed: {string.Join(", ", Names)}");
        return DeviceProfileReader.FromToml(s_texts.Find(name)!, $"{name}.toml");
    }

    /// <summary>
    /// A profile from wherever it is: a shipped name, a .toml file, or a .json file or folder for
    /// <see cref="BackendPropertiesImporter"/>.
    /// </summary>
    /// <param name="nameOrPath">The name or path; a shipped name wins over a folder of that name.</param>
    /// <param name="warn">Is told each thing that an import had to change or leave out.</param>
    /// <exception cref="InputException">It is nothing of these, or breaks a rule; the message is one line.</exception>
    public static DeviceProfile Load(string nameOrPath, Action<string>? warn = null)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (Names.Contains(nameOrPath)) return Find(nameOrPath);
        if (HasExtension(nameOrPath, ".toml")) return DeviceProfileReader.FromFile(nameOrPath);
        if (HasExtension(nameOrPath, ".json") || Directory.Exists(nameOrPath))
        {
            var imported = BackendPropertiesImporter.FromPath(nameOrPath);
            foreach (var warning in imported.Warnings) warn?.Invoke(warning);
            return imported.Profile;
        }

        throw new InputException($"device profile '{nameOrPath}' is not known{NearestName.Hint(nameOrPath, Names)}; "
            + $"allowed: {string.Join(", ", Names)}, a .toml file, a .json file or a folder with conf_*.json and props_*.json");
    }

    private static bool HasExtension(string path, string extension) => Path.GetExtension(path).Equals(extension, StringComparison.OrdinalIgnoreCase);
}
