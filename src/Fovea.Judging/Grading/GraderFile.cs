using Fovea.Core.Errors;
using Fovea.Judging.Networks;
using Fovea.Judging.Shipped;
using Fovea.Torch.Safetensors;

namespace Fovea.Judging.Grading;

/// <summary>Saves and loads graders.</summary>
public static class GraderFile
{
    /// <summary>Loads a grader, in single or half precision.</summary>
    /// <exception cref="InputException">The file is missing, damaged, or holds something else.</exception>
    public static Grader Load(string path)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no such file (a grader's weights); graders that come with the program: {string.Join(", ", ShippedJudges.Graders)}");
        var facts = GraderFacts.FromMetadata(SafetensorsFile.LoadHeader(path).Metadata, path);
        var network = new GraderNetwork(facts.Judge.Side, facts.Judge.Width);
        ModuleWeights.LoadInto(network, path, acceptHalf: true);
        return new Grader(network, facts);
    }

    internal static void Save(string path, GraderNetwork network, GraderFacts facts, bool asHalf = false) => ModuleWeights.Save(network, path, facts.ToMetadata(), asHalf);
}
