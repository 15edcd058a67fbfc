using System.Globalization;
using Fovea.Core.Errors;
using Fovea.Imaging.Datasets;
using Fovea.Judges.Features;
using Fovea.Study.Definitions;
using Fovea.Training.Configuration;
using Fovea.Training.Evaluation;

namespace Fovea.Study.Planning;

/// <summary>Makes the cells of a study, and checks each before anything runs.</summary>
public static class StudyPlanner
{
    /// <summary>The plan of a study on a dataset.</summary>
    /// <exception cref="InputException">A setting, a place, a size or a judge's file breaks a rule; an arm is named.</exception>
    public static StudyPlan Plan(StudyDefinition definition, ImageDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(dataset);
        var all = dataset.IndicesOf(Split.Train).Count;
        CheckSplits(definition, dataset);
        CheckSizes(definition, all);
        var fingerprint = FingerprintOf(definition, dataset);
        CheckProtocol(definition);
        var cells = new List<StudyCell>();
        foreach (var (group, (size, seed)) in definition.Sizes.SelectMany(size => definition.Seeds.Select(seed => (size, seed))).Index())
        {
            foreach (var (index, arm) in definition.Arms.Index())
                cells.Add(Cell(definition, fingerprint, arm, size, seed, size.Of(all)) with { Group = group, ArmIndex = index });
        }

        CheckSide(cells[0].Config, dataset);
        return new StudyPlan
        {
            Definition = definition,
            Cells = cells,
            Sizes = definition.Arms.ToDictionary(arm => arm.Name, arm => RunSize.Measure(cells.First(cell => cell.Arm == arm).Config, dataset)),
            DataHash = dataset.ContentHash,
            TrainingImages = all,
        };
    }

    private static CellFingerprint FingerprintOf(StudyDefinition definition, ImageDataset dataset)
    {
        try
        {
            return new(definition, dataset.ContentHash, dataset.Size, Laterality.Find(dataset.ClassNames, dataset.LabelColumn), dataset.Masks?.ContentHash);
        }
        catch (InputException e)
        {
            throw new InputException($"study {definition.Name}: {e.MessageWith(InTheFile)}", e);
        }
    }

    // A figure that no cell will have would leave the study without its answer, which is found when all is trained.
    private static void CheckProtocol(StudyDefinition definition)
    {
        if (definition.Protocol is not { } protocol || !definition.Sampling.Draws) return;
        var networks = new Lazy<string[]>(() => [.. definition.Judging.Features.Select(FeatureNetworks.NameOf)]);
        InputException Wrong(string name, string figure) => new(
            $"study {definition.Name}: [protocol] names '{name}', its images are judged with {string.Join(", ", networks.Value)}; "
                + $"allowed: {string.Join(", ", networks.Value.Select(network => $"{figure}:{network}"))}");
        foreach (var name in protocol.Secondary.Prepend(protocol.Primary))
        {
            var parts = name.Split(':', 2);
            if (!StudyProtocol.IsOfFeatures(parts[0])) continue;
            if (parts.Length == 2 && !networks.Value.Contains(parts[1], StringComparer.OrdinalIgnoreCase)) throw Wrong(name, parts[0]);
            if (parts.Length == 1 && name == protocol.Primary && networks.Value.Length > 1) throw Wrong(name, parts[0]);
        }
    }

    /// <summary>The configuration of an arm's run.</summary>
    /// <exception cref="InputException">A setting breaks a rule; the arm is named.</exception>
    public static RunConfig ConfigOf(StudyDefinition definition, StudyArm arm, int seed)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(arm);
        try
        {
            var config = ShippedConfigs.Read(
                definition.Config, [.. definition.Set, .. ArmSettings.List(arm), $"seed={seed.ToString(CultureInfo.InvariantCulture)}"]);
            if (config.AutoencoderTraining.DecoderOnly)
                throw new InputException("autoencoder.training.decoder_only = true needs a run whose encoder stays, which cells have none of; allowed: false");
            RequirePlaces("autoencoder", arm.Autoencoder, config.Quantum.Autoencoder);
            RequirePlaces("denoiser", arm.Denoiser, config.Quantum.Denoiser);
            return config;
        }
        catch (InputException e)
        {
            throw new InputException($"study {definition.Name}, arm '{arm.Name}': {e.MessageWith(InTheFile)}", e);
        }
    }

    private static void RequirePlaces(string network, BlockKind kind, IReadOnlyList<string> places)
    {
        if (kind != BlockKind.Classical && places.Count == 0)
        {
            throw new InputException(
                $"{network} = \"{kind.ToName()}\" has no place to stand at (quantum.{network} is empty); allowed: classical, or places in the configuration");
        }
    }

    private static StudyCell Cell(StudyDefinition definition, CellFingerprint fingerprint, StudyArm arm, TrainingSize size, int seed, int images)
    {
        var config = ConfigOf(definition, arm, seed);
        var autoencoder = definition.AutoencoderSeed is { } shared && shared != seed ? ConfigOf(definition, arm, shared) : config;
        var hasNoise = definition.Noise is { } noise && noise.Size == size.Name && noise.Arms.Contains(arm.Name);
        var configHash = CellFingerprint.OfConfig(config);
        var samples = fingerprint.OfSamples(config, size, images);
        return new StudyCell
        {
            Arm = arm,
            Size = size,
            Images = images,
            Seed = seed,
            Group = 0,
            ArmIndex = 0,
            Config = config,
            AutoencoderConfig = autoencoder,
            ConfigHash = configHash,
            AutoencoderKey = fingerprint.OfAutoencoder(autoencoder, size, images),
            RunKey = fingerprint.OfRun(config, size, images),
            SampleKey = samples,
            Fingerprint = fingerprint.OfResult(samples, hasNoise),
            HasNoise = hasNoise,
        };
    }

    // A study's file has its settings under a name of its own.
    private static string InTheFile(string property) => property switch
    {
        "Overrides" => "set",
        "Features" => "judging.features",
        "Grader" => "judging.grader",
        _ => property,
    };

    private static void CheckSide(RunConfig config, ImageDataset dataset)
    {
        if (config.Size != dataset.Size)
        {
            throw new InputException(
                $"{dataset.Folder}: its images are {dataset.Size} px, the study's configuration wants size = {config.Size}; prepare the "
                    + $"dataset with {new NamedInput("Size")} {config.Size}");
        }

        if (config.Denoiser.ClassConditional && dataset.ClassCount == 0)
            throw new InputException($"{dataset.Folder}: has no class labels, which denoiser.class_conditional = true of the study's configuration needs");
        if (config.Denoiser.MaskConditional && dataset.Masks is null)
            throw new InputException($"{dataset.Folder}: has no masks, which denoiser.mask_conditional = true of the study's configuration needs");
    }

    private static void CheckSplits(StudyDefinition definition, ImageDataset dataset)
    {
        if (dataset.IndicesOf(Split.Train).Count == 0)
            throw new InputException($"{dataset.Folder}: has no training images (split 'train'), which study {definition.Name} needs");
        // Without them no cell has the one figure that it is judged by.
        if (!definition.Sampling.Draws && dataset.IndicesOf(Split.Val).Count == 0)
        {
            throw new InputException(
                $"{dataset.Folder}: has no held-out images (split 'val'), by whose loss study {definition.Name} judges (sampling.count = 0)");
        }
    }

    private static void CheckSizes(StudyDefinition definition, int all)
    {
        if (definition.Sizes.FirstOrDefault(size => size.Images > all) is { } large)
        {
            throw new InputException(
                $"study {definition.Name}: sizes holds {large.Name}, the dataset has {all} training images; allowed: \"all\", 1 to {all}, shares below 1");
        }

        if (definition.Sizes.GroupBy(size => size.Of(all)).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InputException(
                $"study {definition.Name}: sizes {string.Join(" and ", twice.Select(size => size.Name))} are both {twice.Key} of {all} training images, "
                    + "which would make two equal cells");
        }
    }
}
