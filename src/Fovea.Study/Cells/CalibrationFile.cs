using Fovea.Study.Folders;
using Fovea.Study.Planning;

namespace Fovea.Study.Cells;

/// <summary>Seconds that were measured before, by what was measured with how many threads on how large a machine.</summary>
internal sealed class CalibrationFile(string path)
{
    private readonly Content _content = StudyJson.Read<Content>(path) ?? new Content([], []);

    public ArmCost? Arm(string key) => _content.Arms.GetValueOrDefault(key);

    public double? Judging(string key) => _content.Judging.TryGetValue(key, out var seconds) ? seconds : null;

    public void Add(string key, ArmCost cost)
    {
        _content.Arms[key] = cost;
        StudyJson.Write(path, _content);
    }

    public void Add(string key, double judging)
    {
        _content.Judging[key] = judging;
        StudyJson.Write(path, _content);
    }

    private sealed record Content(SortedDictionary<string, ArmCost> Arms, SortedDictionary<string, double> Judging);
}
