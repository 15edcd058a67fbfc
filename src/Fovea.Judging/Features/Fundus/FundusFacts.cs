using System.Text.Json;
using Fovea.Judging.Provenance;

namespace Fovea.Judging.Features.Fundus;

/// <summary>What is stored with FundusNet's weights.</summary>
/// <param name="Judge">What is stored with those of any judge.</param>
/// <param name="Tasks">What it learnt to tell.</param>
public sealed record FundusFacts(JudgeFacts Judge, IReadOnlyList<FundusTask> Tasks)
{
    private const string Kind = "fundusnet";
    private const string TasksKey = "fovea.tasks";

    internal Dictionary<string, string> ToMetadata() => new(Judge.ToMetadata(Kind)) { [TasksKey] = JsonSerializer.Serialize(Tasks) };

    internal static FundusFacts FromMetadata(IReadOnlyDictionary<string, string> metadata, string path) => JudgeFacts.FromMetadata(
        metadata, path, (Kind, "a FundusNet"),
        judge => new FundusFacts(judge, JsonSerializer.Deserialize<FundusTask[]>(metadata[TasksKey]) ?? throw new FormatException("no tasks")));
}
