using System.Xml.Linq;
using Fovea.Reporting.Pages;
using static Fovea.Reporting.Pages.Html;

namespace Fovea.Laboratory.Reports.Pages;

/// <summary>What each figure is, and who defined it.</summary>
internal static class DefinitionsSection
{
    private static readonly (string Name, string Text)[] Definitions =
    [
        (
            "Live and dead parameters",
            "A parameter is dead when no measured output depends on it, whatever the values of the others: proved, where its reason does not say that it was "
                + "only seen at random points. A live pair is an output and a parameter that it depends on at one of these points."),
        (
            "Gradient variance",
            "Mean square of ∂⟨Z_w⟩/∂θ_k over parameters and inputs uniform in [0, 2π). For RX, RY and RZ that is a whole period, the "
                + "mean derivative is 0 and this is the variance (McClean et al. 2018, arXiv 1803.11173); controlled rotations have the period 4π."),
        (
            "Rate and trend",
            "Fit of Var ∝ exp(−rate·n) over numbers of qubits, with a 95 % interval. Flat: the upper end is below ln(2)/4. Barren: "
                + "the lower end is above ln(2)/2, so that the variance halves at least every two qubits. Falling: neither."),
        (
            "Meyer–Wallach Q",
            "2(1 − mean over wires of Tr ρ²), 0 for product states and 1 for GHZ states (Meyer and Wallach 2002, quant-ph/0108104). "
                + "Haar-random states have (2ⁿ − 2)/(2ⁿ + 1)."),
        (
            "Half-cut entropy",
            "−Tr ρ log₂ ρ of the first ⌊n/2⌋ wires, in bits; of Haar-random states by Page 1993 (gr-qc/9305007)."),
        (
            "Expressibility",
            "Kullback–Leibler divergence, in nats, of the fidelities between random states from those of Haar-random states; 0 is as "
                + "even as can be (Sim, Johnson and Aspuru-Guzik 2019, arXiv 1905.10876). Haar-random states themselves show the floor that "
                + "the binomial spread of the bins' counts leaves."),
        (
            "Spectrum",
            "The outputs as sums of products of sin kx and cos kx of the inputs, k up to the number of times that they are encoded; the "
                + "order of a term is the number of inputs in it "
                + "(Schuld, Sweke and Meyer 2021, arXiv 2008.08605). Terms are those of all outputs together; variance is that of an output "
                + "over inputs."),
        (
            "Relative error under noise",
            "‖Z noisy − Z ideal‖ / ‖Z ideal‖ over all outputs and draws, roots of mean squares."),
        (
            "Fidelity",
            "Mean of ⟨ψ|ρ|ψ⟩ between the noisy and the ideal state, before measurement."),
        (
            "Native gates, SWAPs, µs",
            "Of the circuit compiled to the device profile: two-qubit gates with those of the SWAPs that routing inserted, three "
                + "each, and the time from the common start to the common measurement."),
    ];

    public static XElement Build(ComparisonView view) =>
        PageParts.Section(
            "definitions", "Definitions",
            Classed("dl", "definitions", Definitions.Select(definition => new[] { Element("dt", definition.Name), Element("dd", definition.Text) })),
            view.Ansaetze.Any(entry => AnsatzLabel.IsReconstruction(entry.Ansatz)) ? ReconstructionNote() : null);

    private static XElement ReconstructionNote() =>
        Element(
            "p", Classed("span", "label", "(reconstruction)"),
            " marks an ansatz whose published sequence of gates was not available. Its figures are those of the circuit written "
                + "here, not of the published one.");
}
