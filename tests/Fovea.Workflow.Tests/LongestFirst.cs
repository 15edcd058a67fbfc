using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Fovea.Tests.LongestFirst))]

namespace Fovea.Tests;

/// <summary>Classes that take long begin first, the others in an order of chance: a long one that began last would leave a core idle until it ends.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        nameof(Cli.StudyTests), nameof(Evaluation.Parts.EvaluatorTests), nameof(Evaluation.Parts.OddPicturesTests), nameof(Cli.RunTests),
        nameof(Evaluation.Parts.TwoSampleJudgeTests), nameof(Evaluation.Faults.PhotographFaultTests),
        nameof(Evaluation.Packing.ModelPackerTests), nameof(Evaluation.Parts.SetJudgeTests), nameof(Judges.Grading.GradedSetTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. DefaultTestCollectionOrderer.Instance.OrderTestCollections(testCollections).OrderBy(Rank)];

    private static int Rank<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var rank = Array.FindIndex(Longest, name => collection.TestCollectionDisplayName.Contains("." + name, StringComparison.Ordinal));
        return rank < 0 ? Longest.Length : rank;
    }
}
