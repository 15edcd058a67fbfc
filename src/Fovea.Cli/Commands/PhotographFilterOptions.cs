using System.CommandLine;
using Fovea.Cli.Terminal;
using Fovea.Imaging.Preparation;

namespace Fovea.Cli.Commands;

/// <summary>The options of <c>fovea prepare</c> that leave photographs out.</summary>
internal sealed class PhotographFilterOptions
{
    private readonly Option<string[]> _where = new("--where")
    {
        Description = "Take only photographs whose row in the label table meets this; VALUE may be empty or several with commas. May be given again.",
        HelpName = "COLUMN=VALUE|COLUMN!=VALUE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _apartFrom = CommonOptions.NotEmpty(new Option<string[]>("--apart-from")
    {
        Description = "Leave out what is in this dataset, looks like it, or is of its patients. May be given again.",
        HelpName = "DATASET",
        DefaultValueFactory = _ => [],
    });

    internal void AddTo(Command command)
    {
        command.Add(_where);
        command.Add(_apartFrom);
    }

    internal PrepareOptions Apply(PrepareOptions options, ParseResult parsed) => options with
    {
        Where = [.. parsed.GetValue(_where)!.Select(RowCondition.Parse)],
        ApartFrom = parsed.GetValue(_apartFrom)!,
    };
}
