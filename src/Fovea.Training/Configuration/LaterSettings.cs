namespace Fovea.Training.Configuration;

/// <summary>
/// Settings that came with a later version, and the value at which everything is as it was before. At that value they are named neither in what weights are
/// compared by nor in fingerprints: files of before there was the setting say nothing about it, and stay good.
/// </summary>
public static class LaterSettings
{
    private static readonly Dictionary<string, object> s_before = new(StringComparer.Ordinal)
    {
        [RunConfigReader.FlipKey] = true,
        [RunConfigReader.PrecisionKey] = "float32",
        ["autoencoder.training.circuit_rate"] = 0.0,
        ["denoiser.training.circuit_rate"] = 0.0,
        [QuantumSettings.StartRangeKey] = Math.PI,
        [QuantumSettings.ProjectionKey] = 1,
        [QuantumSettings.SharedKey] = true,
        [QuantumSettings.ObservablesKey] = "Z",
        [QuantumSettings.JoinKey] = "replace",
        [QuantumSettings.PartKey] = 0.5,
        [QuantumSettings.UploadScalesKey] = false,
        [QuantumSettings.UploadScaleStartKey] = new double[] { 1 },
    };

    /// <summary>Whether the setting came later and has the value of before.</summary>
    public static bool IsAsBefore(KeyValuePair<string, object> setting) =>
        s_before.TryGetValue(setting.Key, out var before) && SettingsText.Value(before) == SettingsText.Value(setting.Value);
}
