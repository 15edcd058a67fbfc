using Fovea.Quantum.Ansaetze;

namespace Fovea.Laboratory.Reports.Views;

/// <summary>What stands beside an ansatz's name wherever a reader meets it: no reconstruction goes by as the publication's own.</summary>
internal static class AnsatzLabel
{
    /// <summary>"reconstruction", "candidate reconstruction", "exhibit" or "own"; null for circuits as published.</summary>
    public static string? Remark(Ansatz ansatz) => ansatz.Status switch
    {
        AnsatzStatus.Reconstruction => "reconstruction",
        AnsatzStatus.Candidate => "candidate reconstruction",
        AnsatzStatus.Exhibit => "exhibit",
        AnsatzStatus.Own => "own",
        _ => null,
    };

    /// <summary>The status in tables: "standard", "published", "reconstruction", "candidate", "exhibit", "own".</summary>
    public static string Status(Ansatz ansatz) => ansatz.Status.ToString().ToLowerInvariant();

    /// <summary>Whether the circuit stands for one whose exact gates were not available.</summary>
    public static bool IsReconstruction(Ansatz ansatz) => ansatz.Status is AnsatzStatus.Reconstruction or AnsatzStatus.Candidate;

    /// <summary>"ese2-recon (reconstruction)".</summary>
    public static string Of(Ansatz ansatz) => Remark(ansatz) is { } remark ? $"{ansatz.Name} ({remark})" : ansatz.Name;
}
