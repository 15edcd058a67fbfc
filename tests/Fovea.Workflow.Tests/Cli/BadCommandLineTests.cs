namespace Fovea.Tests.Cli;

/// <summary>Command lines that break a rule before any file matters.</summary>
public sealed class BadCommandLineTests
{
    /// <summary>Options of other programs: the right one here, how it is done here, or nothing at all.</summary>
    [Theory]
    [InlineData("sample --init-image a.png", "did you mean '--from'?")]
    [InlineData("sample --denoising-strength 0.8", "did you mean '--strength'?")]
    [InlineData("sample --mask-image a.png", "did you mean '--keep'?")]
    [InlineData("noise --strength 0.8", null)]
    [InlineData("sample --prompt fundus", null)]
    [InlineData("prepare --device cuda", null)]
    [InlineData("sample --cuda", "did you mean '--device'?")]
    [InlineData("sample --fp16", null)]
    [InlineData("sample --workers 4", null)]
    [InlineData("sample --height 64", null)]
    [InlineData("sample --output x", "did you mean '--out'?")]
    [InlineData("sample --output-dir=x", "did you mean '--out'?")]
    [InlineData("sample --num-images 4", "did you mean '--count'?")]
    [InlineData("sample --num_samples 4", "did you mean '--count'?")]
    [InlineData("sample --batch-size 4", "did you mean '--batch'?")]
    [InlineData("sample --noise-level 2", "did you mean '--noise-scale'?")]
    [InlineData("sample --num-inference-steps 2", "did you mean '--steps'?")]
    [InlineData("sample --guidance-scale 2", "did you mean '--guidance'?")]
    [InlineData("sample --epochs 2", null)]
    [InlineData("sample --lr 2", null)]
    [InlineData("train --epochs 2", "--set denoiser.training.steps=N")]
    [InlineData("train --lr 1e-4", "--set denoiser.training.learning_rate=X")]
    [InlineData("train --batch-size 8", "--set denoiser.training.batch=N")]
    [InlineData("train --dataset x", "did you mean '--data'?")]
    [InlineData("train --fp16", null)]
    [InlineData("evaluate --gpu 1", "did you mean '--device'?")]
    [InlineData("prepare --workers 4", null)]
    [InlineData("phantom --num-samples 4", "did you mean '--count'?")]
    public void Run_OptionOfAnotherProgram_IsNotMistakenForOneOfAnotherMeaning(string line, string? hint)
    {
        var result = FoveaCommand.Run(line.Split(' '));
        result.AssertBadInput("unknown option '--");
        if (hint is not null) Assert.Contains(hint, result.Error, StringComparison.Ordinal);
        else Assert.DoesNotContain("; ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "a command is needed", "demo, prepare, phantom, train, sample")]
    [InlineData("trian x", "unknown command 'trian'", "did you mean 'train'?")]
    [InlineData("phantom --coumt 3 --out x", "unknown option '--coumt' of fovea phantom", "did you mean '--count'?")]
    [InlineData("phantom --count abc --out x", "--count abc", "a whole number")]
    [InlineData("phantom --count 99999999999 --out x", "--count 99999999999", "2147483647")]
    [InlineData("sample x --guidance-interval 0.5", "--guidance-interval needs 2 values")]
    [InlineData("sample x --attention-interval 0.5", "--attention-interval needs 2 values")]
    [InlineData("sample pretrained:fundus-64-quantum --threads 1 --out x --attention-guidance 101", "--attention-guidance 101 is not allowed", "0 to 100")]
    [InlineData("sample x --guidance-interval 0.5 b", "--guidance-interval b", "a number")]
    [InlineData("sample pretrained:fundus-64-quantum --threads 1 --out x --guidance-interval 0.9 0.5", "--guidance-interval 0.9 0.5", "the lesser first")]
    [InlineData("phantom --seed -1 --out x", "--seed -1", "allowed: 0 to")]
    [InlineData("grade x.png --threads -1", "--threads -1 is not allowed", "0 to 1024")]
    [InlineData("prepare x --out y --threads 2000", "--threads 2000 is not allowed", "0 to 1024")]
    [InlineData("ansatz compare ese2-recon --out x --threads -5", "--threads -5 is not allowed", "0 to 1024")]
    [InlineData("phantom --label grade --out x", "--label grade", "dr-grade, quality")]
    [InlineData("phantom", "--out is missing")]
    [InlineData("phantom --out", "--out needs a value")]
    [InlineData("phantom --count 0 --out x", "count", "1 to 1000000")]
    [InlineData("phantom --size 31 --out x", "size", "32 to 512")]
    [InlineData("prepare", "SOURCE is missing")]
    [InlineData("prepare a b --out x", "'b' is one argument too many")]
    [InlineData("prepare . --out x --val-fraction much", "--val-fraction much", "a number")]
    [InlineData("prepare . --out x --val-fraction 0.9", "val-fraction", "0 to 0.5")]
    [InlineData("prepare . --out x --size 77", "size is 77", "16, 32, 64, 128, 256 and 512")]
    [InlineData("prepare . --out x --where", "--where needs a value")]
    [InlineData("prepare . --out x --where quality", "'quality' is no condition", "COLUMN=VALUE or COLUMN!=VALUE")]
    [InlineData("prepare . --out x --where =good", "'=good' is no condition")]
    [InlineData("prepare . --out x --where a=b quality=good", "'quality=good' is one argument too many")]
    [InlineData("prepare . --out x --where quality!=", "quality!= (where)", "needs a label table")]
    [InlineData("prepare . --out x --apart-from", "--apart-from needs a value")]
    [InlineData("prepare . --out x --apart-from x", "apart-from", "is the output folder")]
    [InlineData("prepare . --out x --apart-from nowhere", "nowhere", "no such folder")]
    [InlineData("train demo --data x --out y --stage 7", "--stage 7", "autoencoder, denoiser")]
    [InlineData("sample x --out y --count 0", "--count 0", "1 to")]
    [InlineData("sample x --out y --eta 2", "--eta 2", "0 to 1")]
    [InlineData("sample x --out y --strength 0.5", "--strength needs --from or --between")]
    [InlineData("sample x --out y --paste", "--paste needs --keep")]
    [InlineData("sample x --out y --keep m.png", "--keep needs --from")]
    [InlineData("sample x --out y --edit 3", "--edit needs --from")]
    [InlineData("sample x --out y --frames 4", "--frames needs --between")]
    [InlineData("sample x --out y --frames 1 --between a b", "--frames 1", "2 to 1000")]
    [InlineData("sample x --out y --from a --between a b", "--from and --between do not go together")]
    [InlineData("sample x --out y --from a --edit 3 --class 3", "--edit and --class do not go together")]
    [InlineData("sample x --out y --from a --edit 3 --count 2", "--edit and --count do not go together: an edit is one image")]
    [InlineData("sample x --out y --count 2 --between a b", "--between and --count do not go together", "--frames")]
    [InlineData("demo --count 3 --out x", "--count 3", "4 to")]
    public void Run_BadCommandLine_OneLineAndExitCodeTwo(string line, params string[] words)
    {
        FoveaCommand.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).AssertBadInput(words);
        Assert.False(Path.Exists("x"));
    }

    [Theory]
    [InlineData("prepare", "", "--out", "x")]
    [InlineData("prepare", ".", "--out", "x", "--apart-from", "")]
    [InlineData("phantom", "--out", "")]
    [InlineData("train", "demo", "--data", "", "--out", "x")]
    [InlineData("train", "demo", "--data", "x", "--out", "")]
    [InlineData("sample", "", "--out", "x")]
    public void Run_EmptyPath_IsRefused(params string[] arguments) => FoveaCommand.Run(arguments).AssertBadInput("is empty");

    [Theory]
    [InlineData("--help", "prepare")]
    [InlineData("--version", "0.1.0")]
    public void Run_HelpAndVersion_Print(string option, string word)
    {
        var result = FoveaCommand.Run(option);
        result.AssertSuccess();
        Assert.Contains(word, result.Output, StringComparison.Ordinal);
    }
}
