using Fovea.Imaging.Datasets;

namespace Fovea.Study.Definitions;

/// <summary>How samples are judged.</summary>
/// <param name="Split">The real images to compare with; null for all.</param>
/// <param name="Features">Feature networks: names or files.</param>
/// <param name="Grader">A grader's name or file; null for the shipped one of the size.</param>
/// <param name="HalfSamples">Half-samples for intervals.</param>
public sealed record StudyJudging(Split? Split, IReadOnlyList<string> Features, string? Grader, int HalfSamples);
