using Fovea.Core.Errors;
using Fovea.Study.Definitions;
using Fovea.Study.Results;

namespace Fovea.Study.Analysis;

/// <summary>A cell that the study plans, and what became of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arm">The arm.</param>
/// <param name="Size">The training size.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Result">Its result; null where there is none.</param>
/// <param name="Reason">Why there is none; empty where there is one.</param>
public sealed record CellState(string Name, StudyArm Arm, TrainingSize Size, int Seed, CellResult? Result, string Reason);

/// <summary>Puts results at the places that the study plans.</summary>
internal static class CellStates
{
    public static IReadOnlyList<CellState> Of(StudyDefinition definition, IReadOnlyList<CellResult> cells, IReadOnlyDictionary<string, string> failures)
    {
        var found = cells.ToLookup(cell => (cell.Arm, cell.Size, cell.Seed));
        if (found.FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InputException(
                $"study {definition.Name}: {string.Join(" and ", twice.Select(cell => cell.Cell))} are results of one cell; one is allowed");
        }

        return
        [
            .. from arm in definition.Arms
               from size in definition.Sizes
               from seed in definition.Seeds
               let result = found[(arm.Name, size.Name, seed)].FirstOrDefault()
               let name = result?.Cell ?? CellName.Of(arm, size, seed)
               select new CellState(name, arm, size, seed, result, result is null ? Reason(name, failures) : ""),
        ];
    }

    private static string Reason(string name, IReadOnlyDictionary<string, string> failures) =>
        failures.TryGetValue(name, out var reason) ? reason.ReplaceLineEndings(" ") : "not run yet";
}

/// <summary>A comparison that could not be made.</summary>
/// <param name="Size">The training size, by name.</param>
/// <param name="What">The metric's name, or what else was to be compared.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record LeftOut(string Size, string What, string Reason);
