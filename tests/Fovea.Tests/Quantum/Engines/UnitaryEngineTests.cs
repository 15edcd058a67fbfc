namespace Fovea.Tests.Quantum.Engines;

// The contract at every number type and register width; widths the machine lacks run in software.
public sealed class UnitaryDouble512Tests() : UnitaryEngineContract<double>(64);

public sealed class UnitaryDouble256Tests() : UnitaryEngineContract<double>(32);

public sealed class UnitaryDouble128Tests() : UnitaryEngineContract<double>(16);

public sealed class UnitaryFloat512Tests() : UnitaryEngineContract<float>(64);

public sealed class UnitaryFloat256Tests() : UnitaryEngineContract<float>(32);

public sealed class UnitaryFloat128Tests() : UnitaryEngineContract<float>(16);
