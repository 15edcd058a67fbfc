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
