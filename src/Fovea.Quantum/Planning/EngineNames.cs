namespace Fovea.Quantum.Planning;

/// <summary>The names of engines in settings and on the command line.</summary>
public static class EngineNames
{
    /// <summary>"state-vector", "trigonometric", "unitary".</summary>
    public static string Of(EngineKind kind) => kind switch
    {
        EngineKind.StateVector => "state-vector",
        EngineKind.Trigonometric => "trigonometric",
        EngineKind.Unitary => "unitary",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not an engine"),
    };
}
