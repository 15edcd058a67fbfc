namespace Fovea.Hardware.Exchange.Parsing;

/// <summary>An angle or number as written. Gate parameters get their values when it is evaluated.</summary>
/// <param name="Position">Where it stands; for an operation, where its operator stands.</param>
/// <param name="Depth">Levels of operations below and including this one.</param>
internal abstract record Expression(SourcePosition Position, int Depth)
{
    /// <summary>The most operations inside one another, long sums included: evaluation recurses.</summary>
    public const int MaxDepth = 200;

    /// <summary>The value, finite.</summary>
    /// <param name="parameters">Values of the parameters of the gate definition it stands in.</param>
    /// <param name="budget">Where the work is counted.</param>
    /// <exception cref="Fovea.Core.Errors.InputException">Something an angle cannot be.</exception>
    public AngleForm Evaluate(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget)
    {
        var value = Compute(parameters, budget);
        budget.SpendSteps(1 + (value.Terms.Length * value.Terms.Length), Position);
        if (!value.IsFinite)
            throw Position.Error("the value is not a finite number", "angles are finite");
        if (value.Terms.Length > AngleForm.MaxTerms)
            throw Position.Error("the angle has too many parts", $"at most {AngleForm.MaxTerms} parts are read");
        return value;
    }

    protected abstract AngleForm Compute(ReadOnlySpan<AngleForm> parameters, ExpansionBudget budget);
}
