namespace Fovea.Hardware.Profiles;

/// <summary>
/// Cuts a device down to its largest connected part. Machines with dead couplings have qubits that nothing reaches; circuits could not
/// use them.
/// </summary>
internal static class ConnectedPart
{
    public static DeviceProfile Of(DeviceProfile profile, out string? warning)
    {
        var components = CouplingMap.Components(profile.Qubits.Length, profile.Couplings.Select(c => (c.First, c.Second)));
        var largest = components.GroupBy(lowest => lowest).MaxBy(group => group.Count())!.Key;
        int[] kept = [.. Enumerable.Range(0, components.Length).Where(qubit => components[qubit] == largest)];
        warning = null;
        if (kept.Length == components.Length) return profile;
        int[] left = [.. Enumerable.Range(0, components.Length).Except(kept)];
        warning = $"qubits {ImportWarnings.Listed(left)}: no coupling leads to the other {kept.Length}, left out; "
            + "the others are numbered anew in their order";
        var numbers = kept.Select((qubit, number) => (qubit, number)).ToDictionary(item => item.qubit, item => item.number);
        return profile with
        {
            Qubits = [.. kept.Select(qubit => profile.Qubits[qubit])],
            Couplings =
            [
                .. profile.Couplings.Where(c => numbers.ContainsKey(c.First) && numbers.ContainsKey(c.Second))
                    .Select(c => c with { First = numbers[c.First], Second = numbers[c.Second] }),
            ],
        };
    }
}
