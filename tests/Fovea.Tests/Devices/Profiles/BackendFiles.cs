using Fovea.Tests.Imaging;

namespace Fovea.Tests.Devices.Profiles;

/// <summary>
/// A configuration and properties in the form that backends publish: five qubits in a T, made-up numbers. Qubit 2 has T2 over 2·T1, qubit 3
/// no readout but readout_error, qubit 4 no T1; [3, 4] works in one direction.
/// </summary>
internal static class BackendFiles
{
    public const string Configuration = """
        {
          "backend_name": "fake_small", "backend_version": "1.0.0", "n_qubits": 5, "basis_gates": ["cx", "id", "rz", "sx", "x"],
          "coupling_map": [[0, 1], [1, 0], [1, 2], [2, 1], [1, 3], [3, 1], [3, 4], [4, 3]], "simulator": false, "max_shots": 100000
        }
        """;

    public const string Properties = """
        {
          "backend_name": "fake_small", "backend_version": "1.0.0", "last_update_date": "2024-05-27",
          "qubits": [
            [{"date": "2024", "name": "T1", "unit": "us", "value": 131.5286444531517}, {"name": "T2", "unit": "µs", "value": 102.25},
             {"name": "frequency", "unit": "GHz", "value": 4.96}, {"name": "readout_error", "unit": "", "value": 0.0353},
             {"name": "prob_meas0_prep1", "unit": "", "value": 0.0548}, {"name": "prob_meas1_prep0", "unit": "", "value": 0.0158},
             {"name": "readout_length", "unit": "ns", "value": 5351.1}],
            [{"name": "T1", "unit": "ms", "value": 0.125}, {"name": "T2", "unit": "ns", "value": 79000},
             {"name": "prob_meas0_prep1", "unit": "", "value": 0.03}, {"name": "prob_meas1_prep0", "unit": "", "value": 0.01}],
            [{"name": "T1", "unit": "s", "value": 0.0001}, {"name": "T2", "unit": "us", "value": 250},
             {"name": "prob_meas0_prep1", "unit": "", "value": 0.03}, {"name": "prob_meas1_prep0", "unit": "", "value": 0.01}],
            [{"name": "T1", "unit": "us", "value": 150}, {"name": "T2", "unit": "us", "value": 60}, {"name": "readout_error", "unit": "", "value": 0.02}],
            [{"name": "T1", "unit": "us", "value": null}, {"name": "T2", "unit": "us", "value": 50},
             {"name": "prob_meas0_prep1", "unit": "", "value": 0.03}, {"name": "prob_meas1_prep0", "unit": "", "value": 0.01}]
          ],
          "gates": [
            {"qubits": [0], "gate": "rz", "parameters": [{"name": "gate_error", "unit": "", "value": 0}, {"name": "gate_length", "unit": "ns", "value": 0}], "name": "rz0"},
            {"qubits": [0], "gate": "sx", "parameters": [{"name": "gate_error", "unit": "", "value": 0.0002}, {"name": "gate_length", "unit": "ns", "value": 35.55555555555556}], "name": "sx0"},
            {"qubits": [1], "gate": "sx", "parameters": [{"name": "gate_error", "unit": "", "value": 0.0003}, {"name": "gate_length", "unit": "us", "value": 0.036}], "name": "sx1"},
            {"qubits": [2], "gate": "sx", "parameters": [{"name": "gate_error", "unit": "", "value": 0.0004}, {"name": "gate_length", "unit": "ns", "value": 36}], "name": "sx2"},
            {"qubits": [3], "gate": "sx", "parameters": [{"name": "gate_error", "unit": "", "value": 0.0005}, {"name": "gate_length", "unit": "ns", "value": 36}], "name": "sx3"},
            {"qubits": [4], "gate": "sx", "parameters": [{"name": "gate_error", "unit": "", "value": 0.0006}, {"name": "gate_length", "unit": "ns", "value": 36}], "name": "sx4"},
            {"qubits": [0, 1], "gate": "cx", "parameters": [{"name": "gate_error", "unit": "", "value": 0.0088}, {"name": "gate_length", "unit": "ns", "value": 313}], "name": "cx0_1"},
            {"qubits": [1, 0], "gate": "cx", "parameters": [{"name": "gate_error", "unit": "", "value": 0.0088}, {"name": "gate_length", "unit": "ns", "value": 277}], "name": "cx1_0"},
            {"qubits": [1, 2], "gate": "cx", "parameters": [{"name": "gate_error", "unit": "", "value": 0.011}, {"name": "gate_length", "unit": "ns", "value": 400}], "name": "cx1_2"},
            {"qubits": [2, 1], "gate": "cx", "parameters": [{"name": "gate_error", "unit": "", "value": 0.012}, {"name": "gate_length", "unit": "ns", "value": 300}], "name": "cx2_1"},
            {"qubits": [3, 1], "gate": "cx", "parameters": [{"name": "gate_error", "unit": "", "value": 0.009}], "name": "cx3_1"},
            {"qubits": [3, 4], "gate": "cx", "parameters": [{"name": "gate_error", "unit": "", "value": 1}, {"name": "gate_length", "unit": "ns", "value": 333}], "name": "cx3_4"},
            {"qubits": [4, 3], "gate": "cx", "parameters": [{"name": "gate_error", "unit": "", "value": 0.014}, {"name": "gate_length", "unit": "ns", "value": 350}], "name": "cx4_3"},
            {"qubits": [0], "gate": "reset", "parameters": [{"name": "gate_length", "unit": "ns", "value": 5514}], "name": "reset0"}
          ],
          "general": []
        }
        """;

    public static string Both(string configuration = Configuration, string properties = Properties) =>
        $"{{\"configuration\": {configuration}, \"properties\": {properties}}}";

    public static void Write(TemporaryFolder folder)
    {
        File.WriteAllText(folder.File("conf_small.json"), Configuration);
        File.WriteAllText(folder.File("props_small.json"), Properties);
        File.WriteAllText(folder.File("defs_small.json"), "{}");
    }
}
