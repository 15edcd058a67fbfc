using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Laboratory;
using Fovea.Laboratory.Results;
using Fovea.Quantum.Ansaetze;
using Fovea.Quantum.Circuits;

namespace Fovea.Studio.Work;

/// <summary>
/// Looks at circuits, one at a time and each for a few seconds at most: whoever asks more, or the same again and again, waits and does not stall the machine.
/// </summary>
/// <param name="patience">How long anything may take; null for a few seconds.</param>
internal sealed class CircuitBench(TimeSpan? patience = null) : IDisposable
{
    /// <summary>Most qubits of a circuit.</summary>
    internal const int MostQubits = 12;

    /// <summary>Most layers of an ansatz.</summary>
    internal const int MostLayers = 12;

    /// <summary>Most gates of a circuit: more fill no drawing that anyone reads.</summary>
    internal const int MostGates = 1000;

    /// <summary>What messages call the text; they begin with it and the number of the line.</summary>
    internal const string Source = "ansatz";

    private const int Pairs = 1000;
    private const double PatienceSeconds = 5;
    private static readonly TimeSpan s_sampling = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _one = new(1);
    private readonly TimeSpan _patience = patience ?? TimeSpan.FromSeconds(PatienceSeconds);

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    /// <summary>Does some work while no other is done.</summary>
    /// <param name="work">The work, which stops when it is told to.</param>
    /// <param name="remedy">What to do where it takes too long.</param>
    /// <param name="asked">Ends with who asked.</param>
    /// <exception cref="InputException">It was not done in time.</exception>
    internal async Task<T> Alone<T>(Func<CancellationToken, T> work, string remedy, CancellationToken asked)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(asked);
        end.CancelAfter(_patience);
        try
        {
            await _one.WaitAsync(end.Token);
            try
            {
                // Awaited to its own end: what was given up is still being done until it notices.
                return await Task.Run(() => work(end.Token), CancellationToken.None);
            }
            finally
            {
                _one.Release();
            }
        }
        catch (OperationCanceledException) when (!asked.IsCancellationRequested)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture, $"this was not done within {_patience.TotalSeconds:0.#} s and was given up; {remedy}"));
        }
    }

    /// <summary>Analyses an ansatz.</summary>
    /// <exception cref="InputException">The text breaks a rule, the circuit is too large, or it takes too long; one line.</exception>
    internal Task<AnsatzFindings> Analyse(AnsatzOrder order, CancellationToken asked) => Alone(
        cancellation => Find(order, cancellation), "try fewer qubits, layers or gates", asked);

    /// <summary>Whether a circuit is small enough to be drawn and looked at.</summary>
    internal static bool Takes(Circuit circuit) => circuit.WireCount <= MostQubits && circuit.Operations.Length <= MostGates;

    private static AnsatzFindings Find(AnsatzOrder order, CancellationToken cancellation)
    {
        var ansatz = AnsatzDefinition.Parse(order.Text, Source);
        var subject = new AnsatzSubject(ansatz, order.Qubits, order.Layers, order.Encoding, order.Reupload);
        if (!ansatz.Wires.Allows(order.Qubits)) throw new InputException($"qubits: {ansatz.Name} takes {ansatz.Wires.Text}, not {order.Qubits}");
        RequireSmall(subject, cancellation);
        var inspection = CircuitInspector.Inspect(subject.WithEncoding(), cancellation);
        return new AnsatzFindings(subject, inspection, inspection.Cost.Parameters == 0 ? null : Sample(subject, cancellation));
    }

    // Part by part: a text of a few lines can be a million gates.
    private static void RequireSmall(AnsatzSubject subject, CancellationToken cancellation)
    {
        var builder = new CircuitBuilder(subject.Qubits);
        foreach (var (_, append) in subject.Parts())
        {
            cancellation.ThrowIfCancellationRequested();
            append(builder);
            var circuit = builder.Build();
            if (circuit.Operations.Length > MostGates || circuit.WeightCount > MostGates)
            {
                throw new InputException(
                    $"the circuit has more than {MostGates:N0} gates or weights, the most that are shown here: take fewer qubits or layers, or a terminal "
                        + $"and fovea ansatz analyze, which takes up to {SubjectRules.MaxQubits} qubits and {SubjectRules.MaxLayers} layers");
            }
        }
    }

    private static StateFigures? Sample(AnsatzSubject subject, CancellationToken cancellation)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        soon.CancelAfter(s_sampling);
        try
        {
            var (entanglement, expressibility) = AnsatzAnalyzer.SampleStates(subject, new AnalysisOptions { ExpressibilityPairs = Pairs }, soon.Token);
            return new StateFigures(entanglement, expressibility);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}

/// <summary>An ansatz and its size, as a form has them.</summary>
/// <param name="Text">Its definition.</param>
/// <param name="Qubits">Qubits, 2 to <see cref="CircuitBench.MostQubits"/>.</param>
/// <param name="Layers">Layers, 1 to <see cref="CircuitBench.MostLayers"/>.</param>
/// <param name="Encoding">How inputs are encoded.</param>
/// <param name="Reupload">Whether before every layer.</param>
internal sealed record AnsatzOrder(string Text, int Qubits, int Layers, InputEncoding Encoding, bool Reupload);

/// <summary>What was found of an ansatz.</summary>
/// <param name="Subject">The ansatz at its size.</param>
/// <param name="Inspection">What is exact.</param>
/// <param name="States">What random states show; null where that takes more than a second, or there is nothing random.</param>
internal sealed record AnsatzFindings(AnsatzSubject Subject, CircuitInspection Inspection, StateFigures? States);

/// <summary>What random states of an ansatz show.</summary>
/// <param name="Entanglement">Their entanglement.</param>
/// <param name="Expressibility">How evenly they cover the space of states; null for more qubits than it can be told for.</param>
internal sealed record StateFigures(StateEntanglement Entanglement, StateExpressibility? Expressibility);
