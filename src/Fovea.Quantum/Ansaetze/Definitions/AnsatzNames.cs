using System.Text.RegularExpressions;

namespace Fovea.Quantum.Ansaetze.Definitions;

/// <summary>What an ansatz may be called.</summary>
internal static partial class AnsatzNames
{
    /// <summary>The rule in words.</summary>
    public const string Rule = "allowed: lower case letters, digits and single hyphens, a letter first, up to 64 characters";

    /// <summary>Whether a name keeps the rule.</summary>
    public static bool IsAllowed(string name) => name.Length <= 64 && Form().IsMatch(name);

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex Form();
}
