using Fovea.Core.Random;

namespace Fovea.Imaging.Phantom;

/// <summary>Draws parameters: first the person, then the eye, then the picture, each from streams of its own.</summary>
internal static class PhantomSampler
{
    /// <summary>Probability of each grade; both eyes of a person tend to agree, which leaves these frequencies as they are.</summary>
    public static readonly double[] GradeFrequencies = [0.50, 0.14, 0.16, 0.10, 0.10];

    /// <summary>Probability of good, usable and reject.</summary>
    public static readonly double[] QualityFrequencies = [0.80, 0.13, 0.07];

    private const double EyesAgree = 0.7;
    private const ulong StreamsPerPatient = 8;

    public static PhantomParameters Sample(ulong seed, int index)
    {
        var patient = index / 2;
        var eye = index % 2 == 0 ? EyeSide.Right : EyeSide.Left;
        var first = (ulong)patient * StreamsPerPatient;
        var eyeStream = first + 1 + (ulong)(index % 2) * 3;
        var person = Person.Draw(new CounterRandom(seed, first));
        var anatomy = new CounterRandom(seed, eyeStream);
        var grade = anatomy.NextDouble() < EyesAgree ? person.Grade : Choose(anatomy, GradeFrequencies);
        var disc = SampleDisc(anatomy, person);
        var (quality, fault, severity, direction) = SampleQuality(new CounterRandom(seed, eyeStream + 2));
        return new PhantomParameters
        {
            Index = index,
            Patient = patient,
            Eye = eye,
            DrGrade = grade,
            Quality = quality,
            Fault = fault,
            FaultSeverity = severity,
            FaultDirection = direction,
            TextureSeed = NextSeed(anatomy),
            Disc = disc,
            Tone = SampleTone(anatomy, person),
            Vessels = SampleVessels(anatomy, person, grade),
            Lesions = SampleLesions(anatomy, grade),
            Camera = SampleCamera(new CounterRandom(seed, eyeStream + 1), person, disc, fault, severity),
        };
    }

    private static OpticDisc SampleDisc(CounterRandom random, Person person)
    {
        var vertical = person.DiscRadius + Normal(random, 0, 0.06f);
        return new OpticDisc
        {
            CentreX = 15.5f + Normal(random, 0, 0.5f),
            CentreY = -1.6f + Normal(random, 0, 0.6f),
            VerticalRadius = vertical,
            HorizontalRadius = vertical * Uniform(random, 0.84f, 0.97f),
            Tilt = Normal(random, 0, 6),
            CupToDisc = Math.Clamp(person.CupToDisc + Normal(random, 0, 0.04f), 0.2f, 0.75f),
            Pallor = person.Pallor,
            Crescent = person.Crescent,
            PigmentRing = person.PigmentRing,
        };
    }

    private static RetinaTone SampleTone(CounterRandom random, Person person)
    {
        var greenToRed = Math.Clamp(person.GreenToRed + Normal(random, 0, 0.012f), 0.34f, 0.82f);
        return new RetinaTone
        {
            Red = Math.Clamp(person.Red + Normal(random, 0, 0.02f), 0.36f, 0.92f),
            GreenToRed = greenToRed,
            BlueToRed = Math.Clamp(person.BlueToRed + Normal(random, 0, 0.01f), 0.03f, greenToRed * 0.95f),
            Tessellation = person.Tessellation,
            Mottling = person.Mottling,
            Grain = Uniform(random, 0.02f, 0.05f),
            NerveFibreSheen = person.Youth * Uniform(random, 0.3f, 1f),
            MacularPigment = person.MacularPigment,
            FovealRadius = Uniform(random, 0.9f, 1.7f),
            FovealReflex = random.NextDouble() < 0.5 ? person.Youth * Uniform(random, 0.1f, 1f) : 0,
        };
    }

    private static VesselStyle SampleVessels(CounterRandom random, Person person, int grade) => new()
    {
        Seed = NextSeed(random),
        VeinRadius = person.VeinRadius,
        ArteryToVein = person.ArteryToVein,
        UpperArcade = Math.Clamp(8.6f + Normal(random, 0, 0.9f), 6.5f, 11),
        LowerArcade = Math.Clamp(8.9f + Normal(random, 0, 0.9f), 6.5f, 11),
        Tortuosity = person.Tortuosity,
        Density = person.VesselDensity,
        AvascularRadius = Uniform(random, 0.9f, 1.5f),
        Beading = grade >= 3 ? Uniform(random, 0.08f, 0.22f) : 0,
    };

    private static LesionCounts SampleLesions(CounterRandom random, int grade)
    {
        int Between(int low, int high) => low + random.NextInt(high - low + 1);
        int Perhaps(double probability, int low, int high) => random.NextDouble() < probability ? Between(low, high) : 0;
        var none = new LesionCounts { Seed = NextSeed(random) };
        return grade switch
        {
            0 => none,
            1 => none with { Microaneurysms = Between(3, 10) },
            2 => none with
            {
                Microaneurysms = Between(10, 28),
                BlotHaemorrhages = Between(4, 14),
                FlameHaemorrhages = Perhaps(0.5, 1, 4),
                ExudateClusters = Perhaps(0.7, 1, 5),
                CottonWoolSpots = Perhaps(0.3, 1, 3),
            },
            3 => none with
            {
                Microaneurysms = Between(30, 70),
                BlotHaemorrhages = Between(45, 90),
                FlameHaemorrhages = Between(4, 14),
                ExudateClusters = Perhaps(0.8, 2, 7),
                CottonWoolSpots = Perhaps(0.8, 2, 7),
            },
            _ => none with
            {
                Microaneurysms = Between(15, 50),
                BlotHaemorrhages = Between(10, 45),
                FlameHaemorrhages = Between(2, 10),
                ExudateClusters = Perhaps(0.7, 1, 6),
                CottonWoolSpots = Perhaps(0.6, 1, 6),
                NeovascularTufts = Between(1, 5),
                PreretinalHaemorrhages = random.NextDouble() < 0.5 ? 1 : 0,
            },
        };
    }

    private static CameraView SampleCamera(CounterRandom random, Person person, OpticDisc disc, QualityFault fault, float severity)
    {
        var discCentred = random.NextDouble() < 0.18;
        var cut = person.CutsField ? person.Cut : 1f;
        var missing = fault == QualityFault.Truncation ? 1 - (0.25f + 0.75f * severity) : 1f;
        var above = random.NextDouble() < 0.5;
        return new CameraView
        {
            FieldOfView = person.FieldOfView,
            CentreX = discCentred ? disc.CentreX + Normal(random, 0, 1f) : 2.6f + Normal(random, 0, 1.6f),
            CentreY = discCentred ? disc.CentreY + Normal(random, 0, 1f) : -0.6f + Normal(random, 0, 1.2f),
            Roll = Normal(random, 0, 3),
            Fill = 0.985f,
            UpperCut = above ? Math.Min(cut, missing) : cut,
            LowerCut = above ? cut : Math.Min(cut, missing),
            Vignetting = person.Vignetting,
            Tilt = Math.Abs(Normal(random, 0, 0.2f)),
            TiltDirection = Uniform(random, 0, 360),
            RimFlare = random.NextDouble() < 0.35 ? Uniform(random, 0.1f, 0.5f) : 0,
            RimFlareBlue = Uniform(random, 0, 1),
            Blur = Uniform(random, 0.045f, 0.10f),
            Noise = Uniform(random, 0.006f, 0.016f),
            DiscCentred = discCentred,
        };
    }

    private static (ImageQuality Quality, QualityFault Fault, float Severity, float Direction) SampleQuality(CounterRandom random)
    {
        var quality = (ImageQuality)Choose(random, QualityFrequencies);
        var fault = (QualityFault)(1 + random.NextInt((int)QualityFault.Truncation));
        var direction = Uniform(random, 0, 360);
        return quality switch
        {
            ImageQuality.Good => (quality, QualityFault.None, 0, direction),
            ImageQuality.Usable => (quality, fault, Uniform(random, 0.25f, 0.5f), direction),
            _ => (quality, fault, Uniform(random, 0.75f, 1f), direction),
        };
    }

    private static int Choose(CounterRandom random, double[] frequencies)
    {
        var left = random.NextDouble();
        for (var i = 0; i < frequencies.Length - 1; i++)
        {
            left -= frequencies[i];
            if (left < 0) return i;
        }

        return frequencies.Length - 1;
    }

    private static ulong NextSeed(CounterRandom random) => ((ulong)random.NextBits() << 32) | random.NextBits();

    private static float Uniform(CounterRandom random, float low, float high) => (float)random.NextDouble(low, high);

    private static float Normal(CounterRandom random, float mean, float deviation) => mean + deviation * (float)random.NextNormal();

    /// <summary>What both eyes of a person, and the camera that takes them, share.</summary>
    private sealed record Person(
        int Grade, float Red, float GreenToRed, float BlueToRed, float Tessellation, float Mottling, float Youth, float MacularPigment,
        float DiscRadius, float CupToDisc, float Pallor, float Crescent, float PigmentRing,
        float VeinRadius, float ArteryToVein, float Tortuosity, float VesselDensity,
        float FieldOfView, bool CutsField, float Cut, float Vignetting)
    {
        public static Person Draw(CounterRandom random)
        {
            var grade = Choose(random, GradeFrequencies);
            var warm = random.NextDouble() < 0.45;
            var greenToRed = Math.Clamp(warm ? Normal(random, 0.48f, 0.04f) : Normal(random, 0.62f, 0.07f), 0.36f, 0.80f);
            var blueToRed = (greenToRed - 0.36f) * 1.3f + Normal(random, 0, 0.05f);
            return new Person(
                grade,
                Math.Clamp(Normal(random, 0.64f, 0.12f), 0.38f, 0.88f),
                greenToRed,
                Math.Clamp(blueToRed, 0.05f, greenToRed * 0.9f),
                random.NextDouble() < 0.5 ? Uniform(random, 0, 0.2f) : Uniform(random, 0.2f, 1f),
                Uniform(random, 0.02f, 0.09f),
                Uniform(random, 0, 1),
                Uniform(random, 0.3f, 1f),
                Math.Clamp(Normal(random, 3.1f, 0.22f), 2.6f, 3.8f),
                Math.Clamp(Normal(random, 0.42f, 0.12f), 0.2f, 0.75f),
                Uniform(random, 0, 1),
                random.NextDouble() < 0.3 ? Uniform(random, 0.1f, 0.4f) : 0,
                random.NextDouble() < 0.4 ? Uniform(random, 0.1f, 0.6f) : 0,
                Uniform(random, 0.23f, 0.30f),
                Uniform(random, 0.60f, 0.76f),
                Uniform(random, 0.6f, 1.5f),
                Uniform(random, 0.8f, 1.2f),
                random.NextDouble() < 0.7 ? 45 : Uniform(random, 42, 52),
                random.NextDouble() < 0.25,
                Uniform(random, 0.80f, 0.93f),
                Uniform(random, 0.1f, 0.65f));
        }
    }
}
