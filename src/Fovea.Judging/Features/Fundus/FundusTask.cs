namespace Fovea.Judging.Features.Fundus;

/// <summary>Something that FundusNet learns to tell.</summary>
/// <param name="Name">The label table's column.</param>
/// <param name="Classes">The classes, or the phrases of a task where several may hold at once.</param>
/// <param name="IsMultiLabel">Whether several may hold at once.</param>
/// <param name="Weight">Weight of its loss in the sum.</param>
public sealed record FundusTask(string Name, IReadOnlyList<string> Classes, bool IsMultiLabel, double Weight);
