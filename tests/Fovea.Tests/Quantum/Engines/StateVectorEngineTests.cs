namespace Fovea.Tests.Quantum.Engines;

// The contract at every number type and register width; widths the machine lacks run in software.
public sealed class StateVectorDouble512Tests() : StateVectorEngineContract<double>(64);

public sealed class StateVectorDouble256Tests() : StateVectorEngineContract<double>(32);

public sealed class StateVectorDouble128Tests() : StateVectorEngineContract<double>(16);

public sealed class StateVectorFloat512Tests() : StateVectorEngineContract<float>(64);

public sealed class StateVectorFloat256Tests() : StateVectorEngineContract<float>(32);

public sealed class StateVectorFloat128Tests() : StateVectorEngineContract<float>(16);
