using Fovea.Diffusion.Losses;
using Fovea.Diffusion.Predictions;
using Fovea.Diffusion.Sampling;
using Fovea.Diffusion.Schedules;
using Fovea.Imaging.Grids;
using Fovea.Imaging.Phantom;
using Fovea.Models.Autoencoders;
using Fovea.Models.Circuits;
using Fovea.Models.Denoisers;
using Fovea.Quantum.Ansaetze;
using Fovea.Torch.Autograd;
using static TorchSharp.torch;

namespace Fovea.Samples;

/// <summary>A tiny latent diffusion model on phantoms of 32 px, with one circuit in the denoiser: every part of the method, in seconds.</summary>
internal static class LatentDiffusion
{
    private const int Side = 32;
    private const int Images = 16;

    public static void Run()
    {
        random.manual_seed(1);
        var images = stack([.. Enumerable.Range(0, Images).Select(index => ToTensor(PhantomRenderer.Render(PhantomParameters.Sample(1, index), Side)))]);

        // The autoencoder starts from the principal components of the images and is trained a little.
        using var autoencoder = new Autoencoder(new AutoencoderOptions { Channels = [8, 8] }, new QuantumOptions { Autoencoder = [] });
        autoencoder.StartFrom(images);
        Train("autoencoder", autoencoder, 20, () => nn.functional.l1_loss(autoencoder.call(images), images));

        Tensor latents, scale;
        using (no_grad())
        {
            latents = autoencoder.Encode(images).Mean;
            scale = latents.std();
            latents = (latents / scale).detach();
        }

        // The denoiser learns the velocity at random timesteps; its middle block has a circuit of three qubits.
        var schedule = NoiseSchedule.Create(new NoiseScheduleOptions());
        var circuits = new QuantumOptions { Circuit = new QuantumLayerSpec { Qubits = 3, Layers = 1 }, Denoiser = ["middle"] };
        using var denoiser = new UNet(latentChannels: 4, classCount: 0, new DenoiserOptions { Channels = [16, 16], Attention = [] }, circuits);
        var objective = new DiffusionLoss(schedule, PredictionKind.Velocity, new UniformWeighting());
        Train("denoiser", denoiser, 30, () =>
        {
            var timesteps = randint(0, schedule.Timesteps, [Images], int64);
            return objective.Compute((x, t) => denoiser.call(x, t, null), latents, randn_like(latents), timesteps);
        });

        var noise = new CounterNoiseSource(seed: 1);
        using var drawn = SamplerRegistry.Create("dpm-solver++", schedule).Sample(new SamplingRequest
        {
            Denoiser = new DelegateDenoiser(PredictionKind.Velocity, (x, t) => denoiser.call(x, t, null)),
            InitialNoise = noise.Normal([8, 4, Side / autoencoder.Options.Downsampling, Side / autoencoder.Options.Downsampling], 0, ScalarType.Float32, CPU),
            Noise = noise,
            Options = new SamplerOptions { Steps = 10 },
        });
        using var quiet = no_grad();
        var pictures = autoencoder.Decode(drawn * scale);
        ImageGrid.Write("latent-diffusion.png", [.. Enumerable.Range(0, 8).Select(index => ToPixels(pictures[index]))], Side, Side);
        Console.WriteLine("8 images: latent-diffusion.png");
    }

    private static void Train(string name, nn.Module network, int steps, Func<Tensor> objective)
    {
        var optimizer = optim.Adam(network.parameters(), 2e-3);
        for (var step = 1; step <= steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = objective();
            SpanAutograd.Backward(loss);
            optimizer.step();
            if (step == 1 || step == steps) Console.WriteLine($"{name}, step {step}: loss {loss.item<float>():F3}");
        }
    }

    /// <summary>Bytes [side, side, 3] to [3, side, side] in [−1, 1].</summary>
    private static Tensor ToTensor(byte[] pixels) => tensor(pixels.Select(value => value / 127.5f - 1).ToArray()).view(Side, Side, 3).permute(2, 0, 1);

    private static byte[] ToPixels(Tensor image) =>
        [.. image.permute(1, 2, 0).contiguous().data<float>().ToArray().Select(value => (byte)Math.Clamp((value + 1) * 127.5f + 0.5f, 0, 255))];
}
