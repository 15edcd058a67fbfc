using Fovea.Quantum.Ansaetze;

namespace Fovea.Laboratory.Reports.Views;

/// <summary>Whether an ansatz is as its publication has it: the one place of the reports that decides.</summary>
internal static class AnsatzStatus
{
    public const string Published = "published";
    public const string Reconstruction = "reconstruction";

    /// <summary>"published" or "reconstruction".</summary>
    public static string Of(Ansatz ansatz) =>
        ansatz.Description.Contains("our reconstruction", StringComparison.OrdinalIgnoreCase) || ansatz.Name.EndsWith("-recon", StringComparison.Ordinal)
            ? Reconstruction
            : Published;

    /// <summary>The name, with "(reconstruction)" where it is one: how reports name an ansatz to readers.</summary>
    public static string Label(Ansatz ansatz) => Of(ansatz) == Reconstruction ? $"{ansatz.Name} ({Reconstruction})" : ansatz.Name;
}
