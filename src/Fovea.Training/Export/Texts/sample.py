def parts(x, output, alpha, sigma):
    """What is image and what is noise in x = alpha * image + sigma * noise."""
    kind = MODEL["prediction"]
    if kind == "epsilon":
        return (x - sigma * output) / alpha, output
    if kind == "v":
        return alpha * x - sigma * output, sigma * x + alpha * output
    if kind == "flow":
        return (x - sigma * output) / (alpha + sigma), (x + alpha * output) / (alpha + sigma)
    return output, (x - alpha * output) / sigma


def draw(noise, class_ids, guidance=1.0):
    """Noise [count, channels, side, side] -> pictures [count, size, size, 3] of 8 bits, by DDIM."""
    latents = noise.astype(np.float32)
    steps = MODEL["sampling"]["timesteps"]
    least, most = MODEL["sampling"].get("guidance_least", 0), MODEL["sampling"].get("guidance_most", len(MODEL["alphas"]))
    levels = [(MODEL["alphas"][t], MODEL["sigmas"][t]) for t in steps] + [(1.0, 0.0)]
    for i, timestep in enumerate(steps):
        output = predict(latents, timestep, class_ids)
        if MODEL["classes"] and guidance != 1 and least <= timestep <= most:
            plain = predict(latents, timestep, np.full_like(class_ids, MODEL["no_class"]))
            output = plain + guidance * (output - plain)
        clean, added = parts(latents, output, *levels[i])
        alpha, sigma = levels[i + 1]
        latents = (alpha * clean + sigma * added).astype(np.float32)
    images = DECODER.run(["images"], {"latents": latents})[0]
    return np.rint((images + 1) * 127.5).astype(np.uint8).transpose(0, 2, 3, 1)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    names = MODEL["classes"]
    chosen = names.index(sys.argv[2]) if len(sys.argv) > 2 else MODEL["no_class"]
    shape = (count, MODEL["latent_channels"], MODEL["latent_side"], MODEL["latent_side"])
    noise = np.random.default_rng(0).standard_normal(shape)
    guidance = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
    for k, picture in enumerate(draw(noise, np.full(count, chosen or 0, dtype=np.int64), guidance)):
        (FOLDER / f"{k}.ppm").write_bytes(b"P6 %d %d 255\n" % picture.shape[:2] + picture.tobytes())
