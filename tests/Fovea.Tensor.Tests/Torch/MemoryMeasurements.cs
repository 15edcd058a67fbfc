namespace Fovea.Tests.Torch;

/// <summary>Tests that look at the process's memory or at its threads' settings: nothing may run beside them.</summary>
[CollectionDefinition(nameof(MemoryMeasurements), DisableParallelization = true)]
public class MemoryMeasurements;
