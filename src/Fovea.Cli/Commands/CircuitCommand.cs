using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Core.Errors;
using Fovea.Quantum.Planning;

namespace Fovea.Cli.Commands;

/// <summary><c>fovea circuit show</c>, <c>plan</c>, <c>export</c>, <c>draw</c>, <c>run</c> and <c>gradient</c></summary>
internal static class CircuitCommand
{
    internal static Command Create() => new("circuit", "Quantum layers: their gates, how they are computed, their exchange, and runs of circuits from files.")
    {
        Show(), Plan(), CircuitExportCommand.Create(), CircuitDrawCommand.Create(), CircuitRunCommand.Create(), CircuitGradientCommand.Create(),
    };

    private static Command Show()
    {
        var circuit = new CircuitOptions();
        var command = new Command("show", "Print the gate list of a quantum layer.");
        circuit.AddTo(command);
        command.SetAction(parsed => Guarded.RunShort(_ => circuit.Build(parsed).ToString(), Console.Write));
        return command;
    }

    private static Command Plan()
    {
        var circuit = new CircuitOptions();
        var engine = CircuitOptions.Engine();
        var batch = new Option<int>("--batch") { Description = "Circuits in a call.", DefaultValueFactory = _ => 4096 };
        var isDouble = new Option<bool>("--double") { Description = "Plan for double precision." };
        var calibrate = new Option<bool>("--calibrate") { Description = "Measure this machine first, for about six seconds." };
        var command = new Command("plan", "Say how a quantum layer will be computed, and why so.") { engine, batch, isDouble, calibrate };
        circuit.AddTo(command);
        command.SetAction(parsed => Guarded.RunShort(
            _ =>
            {
                if (parsed.GetValue(batch) < 1)
                    throw new InputException($"--batch {parsed.GetValue(batch)} is not allowed; allowed: 1 and above");
                var model = parsed.GetValue(calibrate) ? CostCalibration.Measure() : CostModel.Default;
                var planner = new EnginePlanner(parsed.GetValue(batch), parsed.GetValue(isDouble), model);
                return Explain(planner, circuit.Build(parsed), parsed.GetValue(engine));
            },
            Console.Write));
        return command;
    }

    private static string Explain(EnginePlanner planner, Fovea.Quantum.Circuits.Circuit circuit, EngineKind? only)
    {
        try
        {
            return planner.Plan(circuit, only).Explain();
        }
        catch (NotSupportedException e)
        {
            throw new InputException(e.Message, e);
        }
    }
}
