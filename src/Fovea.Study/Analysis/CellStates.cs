using Fovea.Core.Errors;
using Fovea.Study.Definitions;
using Fovea.Study.Results;

namespace Fovea.Study.Analysis;

/// <summary>Puts results at the places that the study plans.</summary>
internal static class CellStates
{
    public static IReadOnlyList<CellState> Of(StudyDefinition definition, IReadOnlyList<CellResult> cells, IReadOnlyDictionary<string, string> failures)
    {
        var found = cells.ToLookup(cell => (cell.Arm, cell.Size, cell.Seed));
        if (found.FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InputException($"study {definition.Name}: {string.Join(" and ", twice.Select(cell => cell.Cell))} are results of one cell; one is allowed");
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
