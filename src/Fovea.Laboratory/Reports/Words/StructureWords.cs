using Fovea.Laboratory.Reports.Views;
using Fovea.Laboratory.Results;
using Fovea.Reporting.Words;

namespace Fovea.Laboratory.Reports.Words;

/// <summary>Sentences about what is exact: dead parameters, blocks, an ansatz that does nothing by itself.</summary>
internal static class StructureWords
{
    /// <summary>"3 of 72 parameters are dead: no output depends on them".</summary>
    public static string DeadParameters(AnsatzAnalysis cell)
    {
        var (dead, all) = (cell.Structure.DeadParameters.Count, cell.Cost.Parameters);
        return all == 0 ? "it has no parameters"
            : dead == 0 ? $"outputs depend on every one of {Figures.Count(all, "parameter")}"
            : dead == all ? $"all of {Figures.Count(all, "parameter")} are dead, as no output depends on them"
            : $"{dead} of {Figures.Count(all, "parameter")} {(dead == 1 ? "is" : "are")} dead ({Figures.Percent((double)dead / all)}), "
                + $"as no output depends on {(dead == 1 ? "it" : "them")}";
    }

    /// <summary>"; at other sizes 0 % to 33 % are", or nothing where it is the same everywhere.</summary>
    public static string DeadElsewhere(AnsatzEntry entry)
    {
        double[] shares =
        [
            .. entry.Cells.Where(cell => cell.Cost.Parameters > 0)
                .Select(cell => (double)cell.Structure.DeadParameters.Count / cell.Cost.Parameters),
        ];
        return shares.Length < 2 || shares.Min() == shares.Max()
            ? ""
            : $"; over all its sizes between {Figures.Percent(shares.Min())} and {Figures.Percent(shares.Max())} are dead";
    }

    /// <summary>A sentence where wires fall apart somewhere.</summary>
    public static IEnumerable<string> Blocks(AnsatzEntry entry, AnsatzAnalysis cell)
    {
        var split = entry.Cells.Count(other => other.Structure.Blocks.Count > 1);
        if (split == 0)
            yield break;
        var here = cell.Structure.Blocks.Count > 1 ? $"Its wires fall into {Blocks(cell)} that no gate joins" : "Here all its wires are connected";
        yield return split == entry.Cells.Count && cell.Structure.Blocks.Count > 1
            ? entry.Cells.Count == 1 ? $"{here}." : $"{here}, and at every other size into blocks too."
            : $"{here}; they fall into independent blocks at {split} of its {Figures.Count(entry.Cells.Count, "size")}.";
    }

    /// <summary>"4 independent blocks (0, 4 | 1, 5 | 2, 6 | 3, 7)".</summary>
    public static string Blocks(AnsatzAnalysis cell) =>
        $"{cell.Structure.Blocks.Count} independent blocks ({string.Join(" | ", cell.Structure.Blocks.Select(block => string.Join(", ", block)))})";

    /// <summary>A sentence where the ansatz does nothing to |0…0⟩.</summary>
    public static IEnumerable<string> Identity(AnsatzEntry entry)
    {
        var idle = entry.Cells.Count(cell => cell.Structure.IsIdentityWithoutEncoding);
        var where = idle == entry.Cells.Count ? "" : $", at {idle} of its {Figures.Count(entry.Cells.Count, "size")}";
        if (idle > 0)
            yield return $"Without an encoding it leaves |0…0⟩ as it is for all parameters{where}.";
    }
}
