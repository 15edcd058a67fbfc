using Fovea.Quantum.Circuits;
using Fovea.Quantum.Engines;

namespace Fovea.Tests.Quantum.Engines;

public sealed class ReferenceEngineTests : EngineContract<double>
{
    protected override int ThreadTestBatch => 4;

    protected override IExpectationEngine<double> Create(Circuit circuit, int threads = 1) =>
        new ReferenceEngine(circuit) { Threads = threads };
}
